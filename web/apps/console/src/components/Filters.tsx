import { SearchOutlined } from '@ant-design/icons';
import { Checkbox, Input, Select } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { enums, type EnumName } from '../lib/enums';
import { clearable } from './clearable';

export function FilterBar({ children }: { children: ReactNode }) {
  return <div className="filters" role="search">{children}</div>;
}

/** A search box that asks 300 ms after the last key. */
export function SearchBox({ value, onChange, placeholder }: { value?: string; onChange: (value: string) => void; placeholder: string }) {
  const [text, setText] = useState(value ?? '');
  const sent = useRef(value ?? '');
  useEffect(() => {
    if ((value ?? '') !== sent.current) {
      sent.current = value ?? '';
      setText(value ?? '');
    }
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, 300);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <Input className="filter-search" allowClear={clearable()} prefix={<SearchOutlined className="quiet" />} placeholder={placeholder}
      aria-label={placeholder} value={text} onChange={(event) => setText(event.target.value)} />
  );
}

export function useEnumOptions(name: EnumName) {
  const { t } = useTranslation();
  return enums[name].map((value) => ({ value: value as string, label: t(`${name}.${value}`) }));
}

export function EnumFilter({ name, value, onChange, placeholder }: {
  name: EnumName; value?: string; onChange: (value: string | undefined) => void; placeholder: string;
}) {
  const options = useEnumOptions(name);
  return (
    <Select className="filter-select" allowClear placeholder={placeholder} aria-label={placeholder} value={value}
      onChange={onChange} options={options} />
  );
}

/** Only what one works on oneself. */
export function MineFilter({ value, onChange }: { value?: string; onChange: (value: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox className="filter-mine" checked={value === 'true'} title={t('list.mine_hint')} onChange={(event) => onChange(event.target.checked ? 'true' : null)}>{t('list.mine')}</Checkbox>
  );
}
