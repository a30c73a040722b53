// The few building blocks every page is made of.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'size'> & {
  kind?: 'primary' | 'plain' | 'quiet' | 'record';
  busy?: boolean;
};

export function Button({ kind = 'plain', busy = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button ${kind} ${(rest.class as string | undefined) ?? ''}`}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

/** A page: its title takes the focus, so that a screen reader starts at the top and keyboard users do not get lost. */
export function Page({ title, lead, wide, children }: { title: string; lead?: ComponentChildren; wide?: boolean; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class={wide ? 'page wide' : 'page'}>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </div>
  );
}

/** The bar within reach of the thumb. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="actions">{children}</div>;
}

export type Tone = 'info' | 'good' | 'warn' | 'bad';

export function Mark({ tone }: { tone: Tone | 'wait' }) {
  const path = {
    good: 'M6.5 12.5l3.5 3.5 7.5-8',
    warn: 'M12 7v6M12 16.5v.5',
    bad: 'M8 8l8 8M16 8l-8 8',
    info: 'M12 11v6M12 7.5v.5',
    wait: 'M8 12h.5M12 12h.5M16 12h.5',
  }[tone];
  return (
    <svg class={`mark ${tone}`} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="11" />
      <path d={path} />
    </svg>
  );
}

export function Notice({ tone = 'info', children, live }: { tone?: Tone; children: ComponentChildren; live?: boolean }) {
  return (
    <div class={`notice ${tone}`} role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <Mark tone={tone} />
      <div>{children}</div>
    </div>
  );
}

export function Bar({ value, label, tone }: { value: number; label: string; tone?: Tone }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div class={`bar ${tone ?? ''}`} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <span style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}

/** Says something to a screen reader without moving the focus. */
export function Announce({ text, urgent }: { text: string; urgent?: boolean }) {
  return (
    <div class="visually-hidden" aria-live={urgent ? 'assertive' : 'polite'} aria-atomic="true">
      {text}
    </div>
  );
}

export function SelfView({ stream, label, hidden, video, children }: {
  stream: MediaStream | undefined;
  label: string;
  hidden?: boolean;
  video?: { current: HTMLVideoElement | null };
  children?: ComponentChildren;
}) {
  const own = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = own.current;
    if (video) video.current = element;
    if (!element) return;
    element.srcObject = stream ?? null;
    if (stream) element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <div class={hidden ? 'self-view covered' : 'self-view'}>
      <video ref={own} muted playsInline autoPlay aria-label={label} />
      {children}
    </div>
  );
}
