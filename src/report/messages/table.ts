import type { Messages } from './message.ts'

export const tableMessages: Messages = {}
