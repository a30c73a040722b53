import { Link } from 'react-router';

export function Brand() {
  return (
    <Link to="/" className="brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
        <path d="M9 23V9h8.2a4 4 0 0 1 1.6 7.6A4.2 4.2 0 0 1 17.6 23z" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinejoin="round" />
        <circle cx="23.6" cy="9.6" r="2.4" fill="var(--accent-on-ink)" />
      </svg>
      <span className="brand-zh" lang="zh-CN">伯乐</span>
      <span className="brand-en" lang="en">Bole</span>
    </Link>
  );
}
