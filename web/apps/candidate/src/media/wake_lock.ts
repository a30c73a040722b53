/** Keeps the screen on until released; asks again when the page comes back. Does nothing where the browser cannot. */
export function HoldScreen(): () => void {
  let lock: WakeLockSentinel | undefined;
  let released = false;
  const ask = async () => {
    if (released || document.visibilityState !== 'visible' || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (released) await lock.release();
    } catch {
      // Low battery mode refuses; the interview goes on.
    }
  };
  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    released = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release().catch(() => undefined);
  };
}
