import type { Messages } from './message.ts'

/** What is decided of the release as a whole, and what people vouch for. */
export const releaseMessages: Messages = {
  RELEASE_ITEMS_FAILED: {
    text: 'Failed: {items:all}.',
    remedy: 'Repair what these items name.',
  },
  RELEASE_ITEMS_WARNED: {
    text: 'Passed with a warning: {items:all}.',
    remedy: 'Look at what these items name.',
  },
  RELEASE_ITEMS_UNDECIDED: {
    text: 'Not decided: {items:all}.',
    remedy: 'Give these items the evidence that they name.',
  },
  RELEASE_ITEMS_AWAIT_PERSON: {
    text: 'Waiting for a person: {items:all}.',
    remedy: 'Look, and record it with mlcheck attest.',
  },
  RELEASE_ITEMS_NOT_RUN: {
    text: 'Only a part of the list was run. Required and not run: {items:all}.',
    remedy: 'Audit without --only and --section.',
    explain: 'What was not looked at did not pass.',
  },
  RELEASE_ITEMS_WAIVED: {
    text: 'Accepted as it is by a waiver: {items:all}.',
    remedy: 'Repair these items before their waivers end.',
  },
  RELEASE_WAIVERS_DEAD: {
    text: 'A waiver has expired or is for another model: {items:all}.',
    remedy: 'Remove the waiver, or have the failure accepted anew.',
  },
  TRAINING_NOT_ATTESTED: {
    text: '{name} is on call and has not vouched for their training.',
    remedy: 'Hold the drill, then: mlcheck attest before.team-trained --owner {name:quoted}.',
  },
  TRAINING_EXPIRED: {
    text: 'The training of {name} counted until {expires}; today is {today}.',
    remedy: 'Hold a drill, and attest it anew.',
  },
  TRAINING_FOR_TOO_LONG: {
    text: 'The training of {name} is attested for {days:day}; at most {longest:day} count.',
    remedy: 'Attest it with an earlier --expires.',
  },
  TRAINING_ENDS_SOON: {
    text: 'The training of {name} counts until {expires}, which is in {days:day}.',
    remedy: 'Plan the next drill.',
  },
  TRAINING_OF_NOBODY_ON_CALL: {
    text: '{name} vouches for a training and is not in the list of team.on_call.',
    remedy: 'Write the name as in the list, or remove the attestation.',
  },
}
