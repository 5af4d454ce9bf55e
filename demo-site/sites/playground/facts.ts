/** What the playground is told by its server: the element as its manifest has it, and where it lives. */

export interface Named {
  readonly name: string
  readonly description: string
}

/** How a value is asked for. `told`: the element or its loader sets it, nobody else. */
export type ValueKind = 'flag' | 'words' | 'text' | 'number' | 'json' | 'address' | 'language' | 'deployment' | 'told'

export interface AttributeFact extends Named {
  readonly kind: ValueKind
  /** The property it sets, if there is one. */
  readonly property: string | undefined
  /** As it would stand in the attribute; empty when there is none. */
  readonly usual: string
  /** What a value of the kind `words` may be. */
  readonly words: readonly string[]
}

export interface PropertyFact extends Named {
  readonly type: string
  readonly isFunction: boolean
}

export interface ParameterFact {
  readonly name: string
  readonly kind: 'flag' | 'text' | 'json'
  /** It is a member of the options object, and not an argument of its own. */
  readonly isOption: boolean
}

export interface MethodFact extends Named {
  readonly answers: string
  readonly parameters: readonly ParameterFact[]
}

export interface EventFact extends Named {
  readonly type: string
  readonly isCancelable: boolean
}

export interface TokenFact extends Named {
  readonly usual: string
  readonly kind: 'colour' | 'number' | 'text'
}

export interface ElementFacts {
  readonly attributes: readonly AttributeFact[]
  readonly properties: readonly PropertyFact[]
  readonly methods: readonly MethodFact[]
  readonly events: readonly EventFact[]
  readonly parts: readonly Named[]
  readonly slots: readonly Named[]
  readonly states: readonly Named[]
  readonly tokens: readonly TokenFact[]
}

/** One version for ever, by its digest. */
export interface PinnedScript {
  readonly src: string
  readonly integrity: string
}

export interface Facts {
  readonly element: ElementFacts
  /** Origin of the script tag. */
  readonly cdn: string
  /** The deployments that let this page in. */
  readonly deployments: readonly {
    readonly id: string
    readonly name: string
    readonly contextKeys: readonly string[]
    readonly knowsMembers: boolean
  }[]
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly languages: readonly { readonly tag: string; readonly rightToLeft: boolean }[]
  /** The directives a page needs, one a line. */
  readonly csp: readonly string[]
  /** Null until the widget is built. */
  readonly pinned: PinnedScript | null
}
