import type { Finding } from '../core/finding.ts'
import { comparedWith, formatArgument } from './message-formats.ts'
import { artifactMessages } from './messages/artifacts.ts'
import { canaryMessages } from './messages/canary.ts'
import { cadenceMessages } from './messages/cadence.ts'
import { codeMessages } from './messages/code.ts'
import { dataMessages } from './messages/data.ts'
import { driftMessages } from './messages/drift.ts'
import { experimentMessages } from './messages/experiments.ts'
import { flagMessages } from './messages/flags.ts'
import { lockMessages } from './messages/locks.ts'
import type { Message } from './messages/message.ts'
import { modelMessages } from './messages/model.ts'
import { observabilityJoinMessages } from './messages/observability-join.ts'
import { observabilityRouteMessages } from './messages/observability-routes.ts'
import { observabilityRuleMessages } from './messages/observability-rules.ts'
import { operationMessages } from './messages/operations.ts'
import { performanceMessages } from './messages/performance.ts'
import { policyMessages } from './messages/policy.ts'
import { preprocessingMessages } from './messages/preprocessing.ts'
import { releaseMessages } from './messages/release.ts'
import { requirementMessages } from './messages/requirements.ts'
import { tableMessages } from './messages/table.ts'
import { workerMessages } from './messages/worker.ts'
import { testMessages } from './messages/tests.ts'

/** The sentences of all finding codes. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map(
  [
    driftMessages,
    tableMessages,
    dataMessages,
    preprocessingMessages,
    modelMessages,
    performanceMessages,
    artifactMessages,
    codeMessages,
    workerMessages,
    testMessages,
    requirementMessages,
    lockMessages,
    observabilityRuleMessages,
    observabilityRouteMessages,
    observabilityJoinMessages,
    policyMessages,
    canaryMessages,
    flagMessages,
    experimentMessages,
    operationMessages,
    releaseMessages,
    cadenceMessages,
  ].flatMap((theme) => Object.entries(theme)),
)

const PLACEHOLDER = /\{(\w+)(?::(\w+))?\}/g

/** A place in a template where an argument goes. */
export interface Placeholder {
  readonly name: string
  readonly format: string
}

/** The arguments that a template names, in their order. */
export function placeholdersOf(template: string): readonly Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '', format = 'plain']) => ({
    name,
    format,
  }))
}

/** Every argument that a message needs, those that a number is compared with included. */
export function argumentsOf({ text, remedy }: Message): readonly string[] {
  const names = placeholdersOf(`${text} ${remedy}`).flatMap(({ name, format }) => {
    const other = comparedWith(format)
    return other === undefined ? [name] : [name, other]
  })
  return [...new Set(names)]
}

/**
 * The sentence of a finding. A code without a message or an argument that is not there gives the
 * code with its arguments: a report with an ugly line is better than no report.
 */
export function renderMessage(finding: Finding): string {
  const message = MESSAGES.get(finding.code)
  if (message === undefined || messageProblems(finding).length > 0) {
    return `${finding.code} ${JSON.stringify(finding.args)}`
  }
  return fill(message.text, finding.args)
}

/**
 * What the reader can do about a finding; `undefined` for an unknown code, and where an argument
 * that the advice names is not there.
 */
export function remedyOf(finding: Finding): string | undefined {
  const message = MESSAGES.get(finding.code)
  if (message === undefined || messageProblems(finding).length > 0) return undefined
  return fill(message.remedy, finding.args)
}

/** What keeps a finding from having its sentence: nothing, for every finding that tests produce. */
export function messageProblems(finding: Finding): readonly string[] {
  const message = MESSAGES.get(finding.code)
  if (message === undefined) return [`${finding.code} has no message`]
  return argumentsOf(message)
    .filter((name) => !Object.hasOwn(finding.args, name))
    .map((name) => `${finding.code} is emitted without the argument ${name}`)
}

function fill(template: string, args: Finding['args']): string {
  const filled = template.replace(PLACEHOLDER, (_, name: string, format?: string) =>
    formatArgument(args[name] ?? null, format, args),
  )
  // An argument may be a sentence with its own full stop, or nothing at the end.
  return filled.replace(/([.!?])\.(?=\s|$)/g, '$1').trimEnd()
}
