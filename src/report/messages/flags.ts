import type { Messages } from './message.ts'

/** Feature flags that choose between two models. */
export const flagMessages: Messages = {
  FLAGS_UNREADABLE: {
    text: 'The feature flags {path} cannot be read: {problem}.',
    remedy: 'Export the flags of flagd, Unleash or LaunchDarkly as JSON.',
  },
  FLAG_DISABLED: {
    text: 'The flag {flag} is switched off.',
    remedy: 'Switch it on, with the old model as its default.',
  },
  FLAG_DEFAULT_IS_NEW: {
    text: 'The flag {flag} falls back to {variant}, the new model.',
    remedy: 'Let it fall back to the old model.',
    explain: 'The default is what users get when the flag service or a rule fails.',
  },
  FLAG_WITHOUT_DEFAULT: {
    text: 'The flag {flag} does not say what it falls back to.',
    remedy: 'Set its default or off variant to the old model.',
  },
  FLAG_VARIANT_MISSING: {
    text: 'The flag {flag} gives {variant}, which is none of its variants: {known:list}.',
    remedy: 'Define the variant, or correct its name.',
  },
  FLAG_VARIANT_OF_NO_MODEL: {
    text: 'The variant {variant} of the flag {flag} ({value}) stands for no model version that exists.',
    remedy: 'Name the version of the new or of the previous model in its value.',
    explain:
      'A variant is tied to a model by a version in its value or name; on, new, control and the like are understood too.',
  },
  FLAG_WITHOUT_NEW: {
    text: 'No variant of the flag {flag} stands for the new model.',
    remedy: 'Add a variant with the version of the new model.',
  },
  FLAG_WEIGHTS_INVALID: {
    text: 'The weights of the flag {flag} give no shares.',
    remedy: 'Write numbers of at least 0, not all of them 0.',
  },
  FLAG_WEIGHTS_NOT_WHOLE: {
    text: 'The weights of the flag {flag} add up to {total}, not {whole}.',
    remedy: 'Let them add up; what is left over goes to one variant unseen.',
  },
  FLAG_WITHOUT_SHARE: {
    text: 'The flag {flag} does not split the traffic, so it cannot bring the new model in gradually.',
    remedy: 'Add a percentage rollout.',
  },
  FLAG_ALL_TO_NEW: {
    text: 'The flag {flag} sends all of the traffic to the new model.',
    remedy: 'Begin with a small share.',
  },
  FLAG_NOT_STICKY: {
    text: 'The flag {flag} decides anew each time (by {by}), so one user sees both models.',
    remedy: 'Split by something that stays, such as the id of the user.',
  },
}
