import type { EmployeeView, Page, PositionView } from '@bole/api';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetKeeping } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { useName } from '../../lib/pair';

// `id`, `value` and `onChange` come from Form.Item.
interface Props {
  id?: string;
  value?: string | null;
  onChange?: (value: string | undefined) => void;
  /** How the chosen one is called while it is not among the options. */
  current?: string;
}

interface Option { value: string; label: string }

function withCurrent(options: Option[], { value, current }: Props): Option[] {
  return value && current && !options.some((option) => option.value === value) ? [{ value, label: current }, ...options] : options;
}

/** Somebody who is employed; found by name or number. */
export function EmployeePicker(props: Props & { except?: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const [q, setQ] = useState('');
  const found = useGetKeeping<Page<EmployeeView>>('/employees', { q, limit: 20 });
  const options = (found.data?.items ?? []).filter((item) => item.id !== props.except && item.state !== 'left')
    .map((item) => ({ value: item.id, label: `${item.name} · ${item.number} · ${names.unit(item)}` }));
  return (
    <Select id={props.id} style={{ width: '100%' }} value={props.value ?? undefined} onChange={(value) => props.onChange?.(value)} allowClear
      options={withCurrent(options, props)} loading={found.isFetching} showSearch={{ filterOption: false, onSearch: setQ }}
      placeholder={t('employees.manager_search')} aria-label={t('employees.manager')} popupMatchSelectWidth={320} />
  );
}

/** Positions of one unit. */
export function PositionPicker(props: Props & { orgId?: string }) {
  const { t } = useTranslation();
  const name = useName();
  const found = useGetKeeping<Page<PositionView>>(props.orgId ? '/positions' : null, { org_id: props.orgId, limit: 200 });
  const options = (found.data?.items ?? []).filter((item) => item.org_id === props.orgId)
    .map((item) => ({ value: item.id, label: `${name(item)} · ${item.code}` }));
  return (
    <Select id={props.id} style={{ width: '100%' }} value={props.value ?? undefined} onChange={(value) => props.onChange?.(value)} allowClear
      options={withCurrent(options, props)} loading={found.isFetching} showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('employees.position')} popupMatchSelectWidth={320} />
  );
}
