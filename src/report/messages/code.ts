import type { Messages } from './message.ts'

export const codeMessages: Messages = {}
