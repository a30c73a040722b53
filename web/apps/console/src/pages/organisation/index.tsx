import { ApartmentOutlined, HistoryOutlined, ImportOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import type { Items, OrgNodeView } from '@bole/api';
import { Button, Checkbox, DatePicker, Grid, Input, Segmented, Tabs, Tree } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useGetKeeping } from '../../api/hooks';
import { useCan } from '../../app/session';
import { ExportButton } from '../../components/ExportButton';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { Page } from '../../components/Page';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { found, orgTree, type OrgTreeNode } from '../../lib/org-tree';
import { useName } from '../../lib/pair';
import { Changes } from './Changes';
import { ChangeWizard } from './ChangeWizard';
import { History } from './History';
import { NodeForm } from './NodeForm';
import './organisation.css';
import { clearable } from '../../components/clearable';

export default function OrganisationPage() {
  const { t } = useTranslation();
  const can = useCan();
  const name = useName();
  const screens = Grid.useBreakpoint();
  const [params, setParams] = useSearchParams();
  const [q, setQ] = useState('');
  const [closed, setClosed] = useState(false);
  const [adding, setAdding] = useState(false);
  const [planning, setPlanning] = useState(false);
  const [importing, setImporting] = useState(false);
  const view = params.get('view') === 'changes' ? 'changes' : 'chart';
  const asOf = params.get('as_of') ?? undefined;
  const nodes = useGetKeeping<Items<OrgNodeView>>('/org/nodes', { as_of: asOf });
  const all = useMemo(() => nodes.data?.items ?? [], [nodes.data]);
  const items = useMemo(() => (closed ? all : all.filter((node) => node.state === 'open')), [all, closed]);
  const selected = all.find((node) => node.id === params.get('node')) ?? items[0];
  const tree = useMemo(() => found(orgTree(items, name), q), [items, q, name]);

  const set = (changes: Record<string, string | undefined>) => {
    setAdding(false);
    setParams((old) => {
      const next = new URLSearchParams(old);
      for (const [key, value] of Object.entries(changes)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      return next;
    }, { replace: true });
  };
  const writable = can('org.write') && !asOf;

  const actions = (
    <>
      {view === 'chart' && <ExportButton path="/org/nodes/export" query={{ as_of: asOf }} />}
      {writable && view === 'chart' && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>}
      {writable && selected && view === 'chart' && (
        <Button icon={<PlusOutlined />} disabled={selected.state === 'closed'} onClick={() => setAdding(true)}>{t('org.add')}</Button>
      )}
      {can('org.write') && selected && (
        <Button type="primary" icon={<HistoryOutlined />} onClick={() => setPlanning(true)}>{t('org.plan_change')}</Button>
      )}
    </>
  );
  return (
    <Page title={t('org.title')} hint={t('org.hint')} actions={actions}>
      <div className="filters">
        <Segmented value={view} onChange={(value) => set({ view: value === 'changes' ? 'changes' : undefined, cursor: undefined })}
          options={[{ value: 'chart', label: t('org.view_chart') }, { value: 'changes', label: t('org.view_changes') }]} />
        {view === 'chart' && (
          <>
            <DatePicker value={asOf ? dayjs(asOf) : null} placeholder={t('org.as_of')} aria-label={t('org.as_of')}
              onChange={(day) => set({ as_of: day?.format('YYYY-MM-DD') })} />
            <Checkbox className="org-closed" checked={closed} onChange={(event) => setClosed(event.target.checked)}>{t('org.show_closed')}</Checkbox>
          </>
        )}
      </div>
      {view === 'chart' && asOf && <p className="org-as-of" role="status">{t('org.as_of_note', { date: asOf })}</p>}
      {view === 'changes' ? <Changes />
        : nodes.isPending ? <div className="panel"><Loading rows={10} /></div>
          : nodes.isError ? <div className="panel"><ErrorState problem={nodes.error} onRetry={() => void nodes.refetch()} /></div>
            : !selected ? <div className="panel"><EmptyState icon={<ApartmentOutlined />} title={t('org.empty')} text={t('org.empty_text')} /></div>
              : (
                <div className="org-grid">
                  <section className={`panel org-tree${nodes.isPlaceholderData ? ' stale' : ''}`} aria-label={t('org.tree')}>
                    <Input allowClear={clearable()} prefix={<SearchOutlined className="quiet" />} placeholder={t('org.search')} aria-label={t('org.search')}
                      value={q} onChange={(event) => setQ(event.target.value)} />
                    <Tree<OrgTreeNode> key={q ? 'found' : 'all'} treeData={tree} selectedKeys={[selected.id]} blockNode
                      height={screens.md === false ? 320 : 620} virtual
                      defaultExpandAll={items.length < 200 || q !== ''}
                      defaultExpandedKeys={items.length < 200 ? undefined : items.filter((node) => node.depth <= 1).map((node) => node.id)}
                      titleRender={(entry) => (
                        <span className={`org-title${entry.node.state === 'closed' ? ' org-shut' : ''}`}>
                          {entry.title}<span className="org-kind">{entry.node.state === 'closed' ? t('org.closed') : t(`org_kind.${entry.node.kind}`)}</span>
                        </span>
                      )}
                      onSelect={(keys) => { if (keys[0]) set({ node: String(keys[0]) }); }} />
                  </section>
                  <section className="panel org-detail">
                    {adding
                      ? <NodeForm key={`add-${selected.id}`} node={selected} adding readOnly={!writable}
                          onCancel={() => setAdding(false)} onSaved={(node) => set({ node: node.id })} onDeleted={() => setAdding(false)} />
                      : (
                        <Tabs key={`${selected.id}-${asOf ?? ''}`} items={[
                          {
                            key: 'detail', label: t('org.tab_detail'),
                            children: <NodeForm node={selected} adding={false} readOnly={!writable || selected.state === 'closed'}
                              onCancel={() => setAdding(false)} onSaved={(node) => set({ node: node.id })}
                              onDeleted={() => set({ node: selected.parent_id ?? undefined })} />,
                          },
                          { key: 'history', label: t('org.tab_history'), children: <History node={selected} names={all} /> },
                        ]} />
                      )}
                  </section>
                </div>
              )}
      {importing && <ImportDrawer target="org_units" refreshPath="/org/nodes" onClose={() => setImporting(false)} />}
      {planning && selected && <ChangeWizard node={selected} nodes={all} onClose={() => setPlanning(false)} />}
    </Page>
  );
}
