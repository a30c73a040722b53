import type { CalendarView, Colleague, JobView, OrgNodeView, Page, PlanView, Items, UserView } from '@bole/api';
import { Select, TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useGetKeeping } from '../api/hooks';
import { useLater } from '../lib/later';
import { orgTree } from '../lib/org-tree';
import { useName, usePair } from '../lib/pair';
import { useNames } from './Names';

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

/** Open nodes only: a closed one takes nothing new. */
export function OrgPicker(props: PickerProps) {
  const { t } = useTranslation();
  const name = useName();
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes', undefined, { staleTime: 60_000 });
  const open = useMemo(() => (nodes.data?.items ?? []).filter((node) => node.state === 'open'), [nodes.data]);
  const tree = useMemo(() => orgTree(open, name), [open, name]);
  return (
    <TreeSelect id={props.id} className={props.className} style={{ width: '100%' }} treeData={tree} value={props.value ?? undefined}
      onChange={(value: string | undefined) => props.onChange?.(value)} allowClear={props.allowClear}
      loading={nodes.isLoading} showSearch={{ treeNodeFilterProp: 'title' }} key={nodes.isSuccess ? 'read' : 'waiting'}
      treeDefaultExpandAll={open.length < 300} treeDefaultExpandedKeys={open.filter((node) => node.depth < 1).map((node) => node.id)} disabled={props.disabled}
      placeholder={props.placeholder ?? t('picker.org')} aria-label={props['aria-label'] ?? t('picker.org')} popupMatchSelectWidth={300} />
  );
}

export function JobPicker(props: PickerProps & { current?: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const name = useName();
  const [q, setQ] = useState('');
  const jobs = useGetKeeping<Page<JobView>>('/jobs', { q, limit: 50 });
  const options = (jobs.data?.items ?? []).map((job) => ({ value: job.id, label: `${name(job)} · ${names.unit(job)}` }));
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
  const names = useNames();
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
      allowClear={props.allowClear} options={items.map((plan) => ({ value: plan.id, label: `${pair(plan, 'name')} · ${names.unit(plan)}` }))}
      loading={plans.isFetching} showSearch={{ filterOption: false, onSearch: setQ }} placeholder={props.placeholder ?? t('picker.plan')}
      aria-label={props['aria-label'] ?? t('picker.plan')} popupMatchSelectWidth={320} />
  );
}

export function CalendarPicker(props: PickerProps) {
  const { t } = useTranslation();
  const pair = usePair();
  const calendars = useGet<Items<CalendarView>>('/org/calendars', undefined, { staleTime: 60_000 });
  return (
    <Select id={props.id} style={{ width: '100%' }} value={props.value ?? ''} disabled={props.disabled} loading={calendars.isLoading}
      onChange={(value) => props.onChange?.(value)} aria-label={t('picker.calendar')}
      options={[{ value: '', label: t('picker.calendar_of_parent') },
        ...(calendars.data?.items ?? []).map((item) => ({ value: item.id, label: pair(item, 'name') }))]} />
  );
}

/** An account; `current` is its name while the list does not hold it. */
export function UserPicker(props: PickerProps & { current?: string; except?: string }) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const users = useGetKeeping<Page<UserView>>('/users', { q: useLater(q), limit: 50 });
  const options = (users.data?.items ?? []).filter((user) => user.id !== props.except).map((user) => ({ value: user.id, label: `${user.name} (${user.user_name})` }));
  if (props.value && props.current && !options.some((option) => option.value === props.value)) {
    options.unshift({ value: props.value, label: props.current });
  }
  return (
    <Select id={props.id} className={props.className} style={{ width: '100%' }} value={props.value || undefined}
      onChange={(value) => props.onChange?.(value)} allowClear={props.allowClear} options={options} loading={users.isFetching}
      showSearch={{ filterOption: false, onSearch: setQ }} placeholder={props.placeholder ?? t('users.search')}
      aria-label={props['aria-label'] ?? t('users.search')} disabled={props.disabled} />
  );
}

/** Who may be put on candidates of a unit, found by a part of the name; asked for when `wanted`. */
export function useColleagues(orgId: string, q: string, wanted = true) {
  const found = useGetKeeping<Items<Colleague>>(wanted ? '/colleagues' : null, { org_id: orgId, q: useLater(q) });
  return { ...found, options: (found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} (${one.user_name})` })) };
}
