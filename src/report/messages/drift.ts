import type { Messages } from './message.ts'

export const driftMessages: Messages = {}
