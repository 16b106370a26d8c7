/** An XML element with its attributes, text of its own and children. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/
const NAME = /[A-Za-z_][\w.-]*/y
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
/** What XML 1.0 calls a Char, for strings that hold no lone surrogate. */
const LEGAL = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

/**
 * Parses the XML that the report writes, strictly: a declaration, one root, double-quoted and
 * unique attributes, the four entities of ours, matching tags; no comment, CDATA, DOCTYPE.
 *
 * @throws SyntaxError at anything else, with the place.
 */
export function parseXml(source: string): XmlElement {
  if (!LEGAL.test(source)) throw new SyntaxError('a character that XML 1.0 does not allow')
  const start = DECLARATION.exec(source)?.[0].length
  if (start === undefined) throw new SyntaxError('no XML declaration')
  const parser = new Parser(source, start)
  const root = parser.element()
  if (source.slice(parser.at) !== '\n') throw new SyntaxError('something after the root element')
  return root
}

class Parser {
  readonly source: string
  at: number

  constructor(source: string, at: number) {
    this.source = source
    this.at = at
  }

  element(): XmlElement {
    this.expect('<')
    const name = this.name()
    const attributes: Record<string, string> = {}
    while (this.source[this.at] === ' ') {
      this.at += 1
      const key = this.name()
      if (Object.hasOwn(attributes, key)) this.fail(`attribute ${key} twice`)
      this.expect('="')
      attributes[key] = this.text('"')
      this.expect('"')
    }
    const element: XmlElement = { name, attributes, children: [], text: '' }
    if (this.source.startsWith('/>', this.at)) {
      this.at += 2
      return element
    }
    this.expect('>')
    for (;;) {
      element.text += this.text('<')
      if (this.source.startsWith('</', this.at)) break
      element.children.push(this.element())
    }
    this.expect(`</${name}>`)
    return element
  }

  private name(): string {
    NAME.lastIndex = this.at
    const [name] = NAME.exec(this.source) ?? this.fail('no name')
    this.at += name.length
    return name
  }

  private text(end: string): string {
    const until = this.source.indexOf(end, this.at)
    if (until === -1) this.fail(`no ${end}`)
    const raw = this.source.slice(this.at, until)
    if (/[<>]/.test(raw)) this.fail('a bare < or >')
    this.at = until
    return raw.replace(/&([^;]*;?)/g, (entity, body: string) => {
      const character = body.endsWith(';') ? ENTITIES[body.slice(0, -1)] : undefined
      return character ?? this.fail(`the entity ${entity}`)
    })
  }

  private expect(token: string): void {
    if (!this.source.startsWith(token, this.at)) this.fail(`not ${token}`)
    this.at += token.length
  }

  private fail(what: string): never {
    throw new SyntaxError(`${what} at ${JSON.stringify(this.source.slice(this.at, this.at + 40))}`)
  }
}
