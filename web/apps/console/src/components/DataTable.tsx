import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { Items, Page, Query } from '@bole/api';
import { Button, Grid, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useGetKeeping } from '../api/hooks';
import { useFormat } from '../lib/format';
import { EmptyState, ErrorState, Loading } from './States';

interface Props<T> {
  path: string;
  query?: Query;
  columns: TableProps<T>['columns'];
  /** Opens a row; rows are then reachable by keyboard. */
  onOpen?: (row: T) => void;
  selectedId?: string;
  /** How a row looks on a narrow screen. */
  card: (row: T) => ReactNode;
  empty: ReactNode;
  /** Whether a filter is set: then "nothing found" is shown instead of the teaching page. */
  filtered?: boolean;
  onClearFilters?: () => void;
  rowSelection?: TableProps<T>['rowSelection'];
  label: string;
}

/** A server-side paged list. The cursor is in the address; "back" is the browser's back as well. */
export function DataTable<T extends { id: string }>(props: Props<T>) {
  const { t } = useTranslation();
  const format = useFormat();
  const screens = Grid.useBreakpoint();
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const cursor = params.get('cursor') ?? undefined;
  const trail: string[] = (location.state as { trail?: string[] } | null)?.trail ?? [];
  const list = useGetKeeping<Page<T>>(props.path, { ...props.query, cursor, limit: 50 });

  const go = (next: string | undefined, nextTrail: string[]) => {
    const search = new URLSearchParams(params);
    if (next) search.set('cursor', next);
    else search.delete('cursor');
    void navigate({ search: search.toString() }, { state: { trail: nextTrail } });
  };

  if (list.isPending) return <div className="panel"><Loading rows={8} /></div>;
  if (list.isError) return <div className="panel"><ErrorState problem={list.error} onRetry={() => void list.refetch()} /></div>;
  const { items, next_cursor: next, total, total_exact: exact }: Partial<Page<T>> & Items<T> = list.data;
  if (items.length === 0 && !cursor) {
    return (
      <div className="panel">
        {props.filtered
          ? <EmptyState title={t('list.nothing_found')} text={t('list.nothing_found_hint')}
              action={props.onClearFilters && <Button onClick={props.onClearFilters}>{t('list.clear_filters')}</Button>} />
          : props.empty}
      </div>
    );
  }

  return (
    <div className={`panel list-panel${list.isPlaceholderData ? ' stale' : ''}`}>
      {screens.md === false ? (
        <ul className="cards" aria-label={props.label}>
          {items.map((row) => (
            <li key={row.id}>
              {props.onOpen
                ? <button type="button" className="card-button" onClick={() => props.onOpen!(row)}>{props.card(row)}</button>
                : <div className="card-button">{props.card(row)}</div>}
            </li>
          ))}
        </ul>
      ) : (
        <Table<T>
          rowKey="id"
          columns={props.columns}
          dataSource={items}
          pagination={false}
          size="middle"
          aria-label={props.label}
          rowSelection={props.rowSelection}
          scroll={{ x: 'max-content' }}
          rowClassName={(row) => (row.id === props.selectedId ? 'row-selected' : props.onOpen ? 'row-open' : '')}
          onRow={(row) => (props.onOpen
            ? {
                tabIndex: 0,
                onClick: (event) => {
                  if (!(event.target as HTMLElement).closest('a,button,input,label,.ant-checkbox-wrapper,.ant-dropdown')) props.onOpen!(row);
                },
                onKeyDown: (event) => {
                  if (event.key === 'Enter' && event.target === event.currentTarget) props.onOpen!(row);
                },
              }
            : {})}
        />
      )}
      <div className="pager">
        <span className="quiet">{exact ?? true ? t('list.total', { total: format.whole(total ?? items.length) }) : t('list.total_more', { total: format.whole(total ?? items.length) })}</span>
        {(cursor || next) && (
          <span className="pager-buttons">
            <Button size="small" icon={<LeftOutlined />} disabled={!cursor}
              onClick={() => go(trail.at(-1) || undefined, trail.slice(0, -1))}>{t('list.previous')}</Button>
            <Button size="small" iconPlacement="end" icon={<RightOutlined />} disabled={!next}
              onClick={() => go(next ?? undefined, [...trail, cursor ?? ''])}>{t('list.next')}</Button>
          </span>
        )}
      </div>
    </div>
  );
}
