import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFamilies } from '../lib/families';
import { usePair } from '../lib/pair';

/** Chooses a job family. Archived ones are offered only where they are chosen already, or to a filter. */
export function FamilySelect({ id, value, onChange, filter, optional, disabled }: {
  id?: string; value?: string; onChange?: (value: string | undefined) => void; filter?: boolean; optional?: boolean; disabled?: boolean;
}) {
  const { t } = useTranslation();
  const pair = usePair();
  const families = useFamilies();
  const options = families.items.filter((item) => filter || item.state === 'active' || item.key === value)
    .map((item) => ({ value: item.key, label: pair(item, 'name') }));
  if (value && !families.find(value)) options.unshift({ value, label: value });
  return (
    <Select id={id} className={filter ? 'filter-select' : undefined} allowClear={filter || optional} showSearch={{ optionFilterProp: 'label' }} options={options}
      loading={families.isLoading} value={value} onChange={onChange} disabled={disabled} aria-label={t('jobs.family')} placeholder={filter ? t('jobs.family') : undefined} />
  );
}
