import type { JobView, OrgNodeView, Page, PlanView, Items } from '@bole/api';
import { Select, TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useGetKeeping } from '../api/hooks';
import { useName, usePair } from '../lib/pair';

interface PickerProps {
  value?: string | null;
  onChange?: (value: string | undefined) => void;
  id?: string;
  allowClear?: boolean;
  placeholder?: string;
  className?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

export interface OrgTreeNode {
  value: string;
  title: string;
  node: OrgNodeView;
  children: OrgTreeNode[];
}

/** The flat list of the server as a tree; nodes whose parent is not visible become roots. */
export function orgTree(nodes: OrgNodeView[], name: (node: OrgNodeView) => string): OrgTreeNode[] {
  const byId = new Map(nodes.map((node) => [node.id, { value: node.id, title: name(node), node, children: [] } as OrgTreeNode]));
  const roots: OrgTreeNode[] = [];
  for (const entry of byId.values()) {
    const parent = entry.node.parent_id ? byId.get(entry.node.parent_id) : undefined;
    (parent ? parent.children : roots).push(entry);
  }
  return roots;
}

export function OrgPicker(props: PickerProps) {
  const { t } = useTranslation();
  const name = useName();
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes', undefined, { staleTime: 60_000 });
  const tree = useMemo(() => orgTree(nodes.data?.items ?? [], name), [nodes.data, name]);
  return (
    <TreeSelect id={props.id} className={props.className} style={{ width: '100%' }} treeData={tree} value={props.value ?? undefined}
      onChange={(value: string | undefined) => props.onChange?.(value)} allowClear={props.allowClear}
      loading={nodes.isLoading} showSearch={{ treeNodeFilterProp: 'title' }} treeDefaultExpandAll disabled={props.disabled}
      placeholder={props.placeholder ?? t('picker.org')} aria-label={props['aria-label'] ?? t('picker.org')} popupMatchSelectWidth={300} />
  );
}

export function JobPicker(props: PickerProps & { current?: string }) {
  const { t } = useTranslation();
  const name = useName();
  const [q, setQ] = useState('');
  const jobs = useGetKeeping<Page<JobView>>('/jobs', { q, limit: 50 });
  const options = (jobs.data?.items ?? []).map((job) => ({ value: job.id, label: `${name(job)} · ${job.org_name}` }));
  if (props.value && props.current && !options.some((option) => option.value === props.value)) {
    options.unshift({ value: props.value, label: props.current });
  }
  return (
    <Select id={props.id} className={props.className} style={{ width: '100%' }} value={props.value ?? undefined}
      onChange={(value) => props.onChange?.(value)} allowClear={props.allowClear ?? true} options={options} loading={jobs.isFetching}
      showSearch={{ filterOption: false, onSearch: setQ }} placeholder={props.placeholder ?? t('picker.job')}
      aria-label={props['aria-label'] ?? t('picker.job')} popupMatchSelectWidth={320} disabled={props.disabled} />
  );
}

export function PlanPicker(props: PickerProps & { status?: string; onPick?: (plan: PlanView | undefined) => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  const [q, setQ] = useState('');
  const plans = useGetKeeping<Page<PlanView>>('/plans', { q, status: props.status, limit: 50 });
  const items = plans.data?.items ?? [];
  return (
    <Select id={props.id} className={props.className} style={{ width: '100%' }} value={props.value ?? undefined}
      onChange={(value) => {
        props.onChange?.(value);
        props.onPick?.(items.find((plan) => plan.id === value));
      }}
      allowClear={props.allowClear} options={items.map((plan) => ({ value: plan.id, label: `${pair(plan, 'name')} · ${plan.org_name}` }))}
      loading={plans.isFetching} showSearch={{ filterOption: false, onSearch: setQ }} placeholder={props.placeholder ?? t('picker.plan')}
      aria-label={props['aria-label'] ?? t('picker.plan')} popupMatchSelectWidth={320} />
  );
}

