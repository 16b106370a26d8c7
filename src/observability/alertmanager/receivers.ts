import type { Location } from '../../core/evidence.ts'
import {
  entriesAt,
  itemsAt,
  keyPlace,
  placeOf,
  scalarAt,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'

/**
 * What is known of where a channel sends: written in the file, in another file, a text that somebody
 * was to replace, or nothing.
 */
export type Address = 'given' | 'in-file' | 'placeholder' | 'missing'

export interface Channel {
  /** `email`, `slack`, `pagerduty`, …, as Alertmanager names it. */
  readonly kind: string
  readonly address: Address
  readonly place: Location
}

export interface Receiver {
  readonly name: string
  readonly place: Location
  /** None for a receiver that throws alerts away. */
  readonly channels: readonly Channel[]
}

/** Fields of a channel, each alone enough; `global` stands at the top of the file. */
interface Needed {
  readonly own: readonly string[]
  readonly global?: readonly string[]
}

/** All of the needs of a channel must be met. */
const CHANNELS: Readonly<Record<string, readonly Needed[]>> = {
  email: [{ own: ['to'] }, { own: ['smarthost'], global: ['smtp_smarthost'] }],
  slack: [
    {
      own: ['api_url', 'api_url_file', 'app_token', 'app_token_file'],
      global: ['slack_api_url', 'slack_api_url_file', 'slack_app_token', 'slack_app_token_file'],
    },
  ],
  pagerduty: [{ own: ['routing_key', 'routing_key_file', 'service_key', 'service_key_file'] }],
  webhook: [{ own: ['url', 'url_file'] }],
  opsgenie: [
    { own: ['api_key', 'api_key_file'], global: ['opsgenie_api_key', 'opsgenie_api_key_file'] },
  ],
  victorops: [
    { own: ['api_key', 'api_key_file'], global: ['victorops_api_key', 'victorops_api_key_file'] },
    { own: ['routing_key'] },
  ],
  pushover: [{ own: ['user_key', 'user_key_file'] }, { own: ['token', 'token_file'] }],
  telegram: [
    {
      own: ['bot_token', 'bot_token_file'],
      global: ['telegram_bot_token', 'telegram_bot_token_file'],
    },
    { own: ['chat_id', 'chat_id_file'] },
  ],
  sns: [{ own: ['topic_arn', 'phone_number', 'target_arn'] }],
  discord: [{ own: ['webhook_url', 'webhook_url_file'] }],
  msteams: [{ own: ['webhook_url', 'webhook_url_file'] }],
  msteamsv2: [{ own: ['webhook_url', 'webhook_url_file'] }],
  mattermost: [
    {
      own: ['webhook_url', 'webhook_url_file'],
      global: ['mattermost_webhook_url', 'mattermost_webhook_url_file'],
    },
  ],
  wechat: [
    {
      own: ['api_secret', 'api_secret_file'],
      global: ['wechat_api_secret', 'wechat_api_secret_file'],
    },
    { own: ['corp_id'], global: ['wechat_api_corp_id'] },
  ],
  webex: [{ own: ['room_id'] }],
  jira: [{ own: ['api_url'], global: ['jira_api_url'] }, { own: ['project'] }],
  rocketchat: [
    { own: ['token', 'token_file'], global: ['rocketchat_token', 'rocketchat_token_file'] },
    {
      own: ['token_id', 'token_id_file'],
      global: ['rocketchat_token_id', 'rocketchat_token_id_file'],
    },
  ],
  incidentio: [{ own: ['url', 'url_file'] }],
}

/** What people leave in an example until they know better. */
const PLACEHOLDERS = [
  /^\s*$/,
  /<[^>@]*>/,
  /\$\{|\$\(|^\$\w|\{\{|__\w+__/,
  /change[-_ ]?me|replace[-_ ]?me|^todo|to[-_ ]be[-_ ]|placeholder|dummy|xxx/i,
  /\byour[-_ ]|\/your\b|insert[-_ ]/i,
  /@(?:[\w-]+\.)*example\.(?:com|org|net)\b|\/\/(?:[\w-]+\.)*example\.(?:com|org|net)\b/i,
  /T0{6,}|B0{6,}|services\/T\.\.\./,
]

const SERIOUSNESS: readonly Address[] = ['given', 'in-file', 'placeholder', 'missing']

/**
 * The receivers of a configuration with what is known of their addresses. Nothing is sent and no
 * other file is opened.
 */
export function readReceivers(root: DocumentNode): readonly Receiver[] {
  return itemsAt(root, 'receivers').map((node) => ({
    name: textAt(node, 'name') ?? '',
    place: placeOf(node),
    channels: entriesAt(node)
      .filter(([key]) => key.endsWith('_configs'))
      .flatMap(([key, { value }]) => {
        const kind = key.replace(/_configs$/, '')
        return itemsAt(value).map((channel) => ({
          kind,
          address: addressOf(channel, kind, root),
          place: channel.start === channel.end ? keyPlace(node, key) : placeOf(channel),
        }))
      }),
  }))
}

/** A kind that is not known is taken for one with an address when anything is set. */
function addressOf(channel: DocumentNode, kind: string, root: DocumentNode): Address {
  const needs = Object.hasOwn(CHANNELS, kind) ? CHANNELS[kind] : undefined
  if (needs === undefined) return entriesAt(channel).length > 0 ? 'given' : 'missing'
  return needs.map((need) => valueOf(channel, need, root)).reduce(worse)
}

function valueOf(channel: DocumentNode, { own, global = [] }: Needed, root: DocumentNode): Address {
  const candidates = [
    ...own.map((field) => [field, scalarAt(channel, field)] as const),
    ...global.map((field) => [field, scalarAt(root, 'global', field)] as const),
  ]
  const [found] = candidates.filter(([, scalar]) => scalar !== undefined)
  const [field = '', scalar] = found ?? []
  if (scalar === undefined) return 'missing'
  if (field.endsWith('_file')) return scalar.text.trim() === '' ? 'missing' : 'in-file'
  return isPlaceholder(scalar.text) ? 'placeholder' : 'given'
}

/** Whether an address is one that somebody was to replace. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some((pattern) => pattern.test(text))
}

function worse(one: Address, other: Address): Address {
  return SERIOUSNESS.indexOf(one) >= SERIOUSNESS.indexOf(other) ? one : other
}

/** Whether an alert that reaches the receiver can reach anybody. */
export function hasAddress({ channels }: Receiver): boolean {
  return channels.some(({ address }) => address === 'given' || address === 'in-file')
}
