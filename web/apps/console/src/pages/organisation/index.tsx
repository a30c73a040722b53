import { ApartmentOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import type { Items, OrgNodeView } from '@bole/api';
import { Button, Grid, Input, Tree } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { Page } from '../../components/Page';
import { orgTree, type OrgTreeNode } from '../../components/Pickers';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useName } from '../../lib/pair';
import { NodeForm } from './NodeForm';
import './organisation.css';

interface TreeItem {
  key: string;
  title: React.ReactNode;
  children: TreeItem[];
}

export default function OrganisationPage() {
  const { t } = useTranslation();
  const can = useCan();
  const name = useName();
  const screens = Grid.useBreakpoint();
  const [params, setParams] = useSearchParams();
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes');
  const items = useMemo(() => nodes.data?.items ?? [], [nodes.data]);
  const selected = items.find((node) => node.id === params.get('node')) ?? items[0];

  const tree = useMemo(() => {
    const wanted = q.trim().toLowerCase();
    const matches = (entry: OrgTreeNode): boolean =>
      [entry.node.name, entry.node.name_en, entry.node.code, entry.node.city].some((text) => text?.toLowerCase().includes(wanted)) ||
      entry.children.some(matches);
    const build = (entries: OrgTreeNode[]): TreeItem[] =>
      entries.filter((entry) => !wanted || matches(entry)).map((entry) => ({
        key: entry.value,
        title: <span className="org-title">{entry.title}<span className="org-kind">{t(`org_kind.${entry.node.kind}`)}</span></span>,
        children: build(entry.children),
      }));
    return build(orgTree(items, name));
  }, [items, q, name, t]);

  const select = (id: string) => {
    setAdding(false);
    setParams({ node: id }, { replace: true });
  };

  const addButton = can('org.write') && selected && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('org.add')}</Button>
  );
  return (
    <Page title={t('org.title')} hint={t('org.hint')} actions={addButton}>
      {nodes.isPending ? <div className="panel"><Loading rows={10} /></div>
        : nodes.isError ? <div className="panel"><ErrorState problem={nodes.error} onRetry={() => void nodes.refetch()} /></div>
          : !selected ? <div className="panel"><EmptyState icon={<ApartmentOutlined />} title={t('org.empty')} text={t('org.empty_text')} /></div>
            : (
              <div className="org-grid">
                <section className="panel org-tree" aria-label={t('org.tree')}>
                  <Input allowClear prefix={<SearchOutlined className="quiet" />} placeholder={t('org.search')} aria-label={t('org.search')}
                    value={q} onChange={(event) => setQ(event.target.value)} />
                  <Tree key={q ? 'found' : 'all'} treeData={tree} selectedKeys={[selected.id]} defaultExpandAll={items.length < 200 || q !== ''} blockNode
                    height={screens.md === false ? 320 : 620} virtual
                    defaultExpandedKeys={items.length < 200 ? undefined : items.filter((node) => node.depth <= 1).map((node) => node.id)}
                    onSelect={(keys) => { if (keys[0]) select(String(keys[0])); }} />
                </section>
                <section className="panel">
                  <NodeForm key={adding ? `add-${selected.id}` : selected.id} node={selected} adding={adding}
                    onCancel={() => setAdding(false)} onSaved={(node) => select(node.id)}
                    onDeleted={() => select(selected.parent_id ?? items[0]!.id)} />
                </section>
              </div>
            )}
    </Page>
  );
}
