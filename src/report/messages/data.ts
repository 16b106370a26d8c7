import type { Messages } from './message.ts'

export const dataMessages: Messages = {}
