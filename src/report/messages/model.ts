import type { Messages } from './message.ts'

export const modelMessages: Messages = {}
