import type { ReactNode } from 'react';

function scalar(value: unknown): ReactNode {
  if (typeof value === 'string') return <span className="json-string">{JSON.stringify(value)}</span>;
  return <span className="json-number">{String(value)}</span>;
}

const isShort = (value: unknown): boolean =>
  Array.isArray(value) && JSON.stringify(value).length < 90 && value.every((item) => typeof item !== 'object' || item === null);

function Node({ name, value, depth, last }: { name?: string; value: unknown; depth: number; last: boolean }) {
  const key = name === undefined ? null : <><span className="json-key">{JSON.stringify(name)}</span>: </>;
  const comma = last ? '' : ',';
  if (typeof value !== 'object' || value === null) return <div className="json-line">{key}{scalar(value)}{comma}</div>;
  if (isShort(value)) {
    return (
      <div className="json-line">{key}[{(value as unknown[]).map((item, index) => <span key={index}>{index > 0 && ', '}{scalar(item)}</span>)}]{comma}</div>
    );
  }
  const list = Array.isArray(value);
  const entries: [string | undefined, unknown][] = list ? value.map((item) => [undefined, item]) : Object.entries(value);
  return (
    <details open={depth < 3} className="json-node">
      <summary>{key}{list ? '[' : '{'}<span className="json-fold"> … {list ? ']' : '}'} {entries.length}</span></summary>
      <div className="json-children">
        {entries.map(([entryName, item], index) => <Node key={entryName ?? index} name={entryName} value={item} depth={depth + 1} last={index === entries.length - 1} />)}
      </div>
      <div className="json-line">{list ? ']' : '}'}{comma}</div>
    </details>
  );
}

/** JSON that can be read and folded; plain elements, so the keyboard and screen readers work. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return <div className="json" role="region" aria-label={label} tabIndex={0}><Node value={value} depth={0} last /></div>;
}
