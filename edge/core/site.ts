/** Whose host a request came to: ours, or a customer's, which stands for one deployment and nothing else. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'

export type Site =
  | { readonly kind: 'platform' }
  | { readonly kind: 'custom'; readonly host: string; readonly record: DeploymentRecord }
