import type { Messages } from './message.ts'

export const configMessages: Messages = {}
