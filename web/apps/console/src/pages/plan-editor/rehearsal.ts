/** The candidate app in preview mode: nothing is recorded or sent. */
export function rehearsal(planId: string, draft = false): string {
  return `/i/preview?plan=${encodeURIComponent(planId)}${draft ? '&draft=true' : ''}`;
}
