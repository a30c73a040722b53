/** Holds the interview for this tab until the page goes away; false when another tab has it.
 *  Two tabs recording the same answer would mix their pieces. */
export async function HoldTab(interview_id: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    navigator.locks
      .request(`bole-interview-${interview_id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<never>(() => undefined) : undefined;
      })
      .catch(() => resolve(true));
  });
}
