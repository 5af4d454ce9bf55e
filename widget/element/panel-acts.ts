/** What a person can do in the panel; and what it asks for itself. */
export interface PanelActs {
  readonly onAct: () => void
  readonly onAsk: (question: string) => void
  readonly onSend: () => void
  readonly onStop: () => void
  readonly onRetry: (turnId: string) => void
  readonly onEdit: (text: string) => void
  readonly onDraft: (draft: string) => void
  readonly onOlder: () => void
  readonly onRest: () => void
  readonly onLatest: () => void
  readonly onAnew: () => void
  readonly onReconnect: () => void
  readonly onMore: (event: Event) => void
  readonly onClose: () => void
  readonly onKey: (event: KeyboardEvent) => void
}
