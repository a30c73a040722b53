import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

export interface PartProps {
  /** The place of the page's buttons. */
  actions: HTMLElement | null;
}

/** Puts the buttons of a part of the page to its head. */
export function Actions({ at, children }: { at: HTMLElement | null; children: ReactNode }) {
  return at ? createPortal(children, at) : null;
}
