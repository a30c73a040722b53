import { SearchOutlined } from '@ant-design/icons';
import type { CustomFieldView, CustomValues, FormKind, FormView } from '@bole/api';
import { DatePicker, Descriptions, Form, Input, InputNumber, Select, Tag } from 'antd';
import dayjs from 'dayjs';
import { Fragment, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../api/hooks';
import { filterable, isSensitive, partsOf, toBody, toControls } from '../lib/custom-fields';
import { useFormat } from '../lib/format';
import { usePair } from '../lib/pair';
import { clearable } from './clearable';

/** The custom fields of records of a kind at one unit. */
export function useCustomForm(entity: string, orgId: string | null | undefined) {
  return useGet<FormView>(orgId ? `/forms/${entity}` : null, { org_id: orgId ?? undefined }, { staleTime: 30_000 });
}

interface InputsProps {
  entity: string;
  orgId: string | undefined;
  /** The values of an existing record; absent for a new one. */
  values?: CustomValues;
  disabled?: boolean;
}

/** Inside an Ant form: the sections of the form, each value under `custom.<key>`. */
export function CustomFieldInputs({ entity, orgId, values, disabled }: InputsProps) {
  const form = Form.useFormInstance();
  const view = useCustomForm(entity, orgId);
  const kind: FormKind = values ? 'detail' : 'create';
  const parts = useMemo(() => partsOf(view.data, kind), [view.data, kind]);
  useEffect(() => {
    // Another unit has other fields: what was entered in those that stay is kept.
    const start = toControls(parts.flatMap((part) => part.fields), values);
    const entered = (form.getFieldValue('custom') ?? {}) as CustomValues;
    const kept = Object.fromEntries(Object.keys(start).map((key) => [key, form.isFieldTouched(['custom', key]) ? entered[key] : start[key]]));
    if (parts.length > 0) form.setFieldsValue({ custom: kept });
  }, [form, parts, values]);
  return <FormParts parts={parts} values={values} disabled={disabled} />;
}

/** The values of `CustomFieldInputs` as the API takes them. */
export function useCustomBody(entity: string, orgId: string | undefined, values?: CustomValues) {
  const view = useCustomForm(entity, orgId);
  return (controls: CustomValues | undefined) =>
    toBody(partsOf(view.data, values ? 'detail' : 'create').flatMap((part) => part.fields), controls, values);
}

export function FormParts({ parts, values, disabled }: { parts: ReturnType<typeof partsOf>; values?: CustomValues; disabled?: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  return parts.map((part) => (
    <fieldset key={part.key} className="custom-part" disabled={disabled}>
      <legend>{pair(part, 'title') || t('custom.more')}</legend>
      <div className="split-fields">
        {part.fields.map((field) => (
          <Form.Item key={field.id} name={['custom', field.key]} label={<FieldLabel field={field} />} extra={pair(field, 'hint') || undefined}
            className={field.type === 'long_text' || field.type === 'choices' ? 'wide-field' : undefined}
            rules={field.required && !(values && isSensitive(field)) ? [{ required: true, message: t('common.required') }] : undefined}>
            <FieldControl field={field} masked={isSensitive(field) ? (values?.[field.key] as string | undefined) : undefined} disabled={disabled} />
          </Form.Item>
        ))}
      </div>
    </fieldset>
  ));
}

function FieldLabel({ field }: { field: CustomFieldView }) {
  const { t } = useTranslation();
  const pair = usePair();
  return <span>{pair(field, 'title')}{field.required && <span className="quiet"> · {t('custom.required')}</span>}</span>;
}

interface ControlProps {
  field: CustomFieldView;
  masked?: string;
  disabled?: boolean;
  // From Form.Item.
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
}

function FieldControl({ field, masked, ...rest }: ControlProps) {
  const { t } = useTranslation();
  const pair = usePair();
  const props = rest as object;
  const number = (text: string | null | undefined) => (text ? Number(text) : undefined);
  const options = field.options
    .filter((option) => !option.retired || option.key === rest.value || (Array.isArray(rest.value) && rest.value.includes(option.key)))
    .map((option) => ({ value: option.key, label: pair(option, 'title') }));
  const longest = field.type === 'text' || field.type === 'long_text' ? number(field.maximum) : undefined;
  switch (field.type) {
    case 'long_text': return <Input.TextArea {...props} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={longest} placeholder={masked} />;
    case 'integer': return <InputNumber {...props} style={{ width: '100%' }} precision={0} min={number(field.minimum)} max={number(field.maximum)} placeholder={masked} />;
    case 'decimal': return <InputNumber {...props} style={{ width: '100%' }} min={number(field.minimum)} max={number(field.maximum)} placeholder={masked} />;
    case 'date': return <DatePicker {...props} style={{ width: '100%' }} placeholder={masked} minDate={field.minimum ? dayjs(field.minimum) : undefined} maxDate={field.maximum ? dayjs(field.maximum) : undefined} />;
    case 'yes_no': return <Select {...props} allowClear placeholder={masked} options={[{ value: true, label: t('common.yes') }, { value: false, label: t('common.no') }]} />;
    case 'choice': return <Select {...props} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={masked} options={options} />;
    case 'choices': return <Select {...props} mode="multiple" allowClear placeholder={masked} options={options} optionFilterProp="label" />;
    case 'phone': return <Input {...props} inputMode="tel" maxLength={30} placeholder={masked} />;
    case 'email': return <Input {...props} inputMode="email" maxLength={254} placeholder={masked} />;
    case 'link': return <Input {...props} inputMode="url" maxLength={2000} placeholder={masked ?? 'https://'} />;
    default: return <Input {...props} maxLength={longest ?? 1000} placeholder={masked} />;
  }
}

export function useFieldText() {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  return (field: CustomFieldView, value: unknown): string => {
    if (value === undefined || value === null) return '–';
    const option = (key: unknown) => pair(field.options.find((item) => item.key === key), 'title') || String(key);
    if (isSensitive(field) && typeof value === 'string' && field.type !== 'choice') return value;
    if (Array.isArray(value)) return value.map(option).join(t('common.list_comma'));
    if (field.type === 'choice') return option(value);
    if (field.type === 'yes_no') return value ? t('common.yes') : t('common.no');
    if (field.type === 'integer' && typeof value === 'number') return format.whole(value);
    return String(value);
  };
}

/** The custom fields of one record as its page shows them; `secrets` are revealed values. */
export function CustomFieldValues({ entity, orgId, values, secrets }: { entity: string; orgId: string; values?: CustomValues; secrets?: CustomValues }) {
  const { t } = useTranslation();
  const pair = usePair();
  const text = useFieldText();
  const { data } = useCustomForm(entity, orgId);
  const retired = (data?.fields ?? []).filter((field) => field.state === 'retired' && values?.[field.key] !== undefined);
  const parts = [
    ...partsOf(data, 'detail').map((part) => ({ key: part.key, title: pair(part, 'title') || t('custom.more'), fields: part.fields })),
    ...(retired.length > 0 ? [{ key: ' retired', title: t('custom.retired_values'), fields: retired }] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <section className="panel" aria-label={t('custom.title')}>
      {parts.map((part) => (
        <Fragment key={part.key}>
          <div className="panel-head"><h2>{part.title}</h2></div>
          <div className="panel-body">
            <Descriptions column={1} size="small" items={part.fields.map((field) => {
              const value = secrets?.[field.key] ?? values?.[field.key];
              return {
                key: field.id, label: pair(field, 'title'),
                children: field.type === 'link' && typeof value === 'string' && !isSensitive(field)
                  ? <a href={value} target="_blank" rel="noreferrer noopener">{value}</a>
                  : <span className="pre">{text(field, value)}</span>,
              };
            })} />
          </div>
        </Fragment>
      ))}
    </section>
  );
}

/** Filters of a list by custom fields. `filters` holds them as `custom.<key>`. */
export function CustomFilters({ entity, orgId, filters, setFilter }: {
  entity: string; orgId: string | undefined; filters: Record<string, string | undefined>; setFilter: (name: string, value: string | null | undefined) => void;
}) {
  const { t } = useTranslation();
  const pair = usePair();
  const { data } = useCustomForm(entity, orgId);
  return filterable(data).map((field) => {
    const name = `custom.${field.key}`;
    const title = pair(field, 'title');
    const value = filters[name];
    const choices = field.type === 'yes_no'
      ? [{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]
      : field.options.map((option) => ({ value: option.key, label: option.retired ? `${pair(option, 'title')} (${t('custom.state_retired')})` : pair(option, 'title') }));
    if (choices.length > 0) {
      return <Select key={field.id} className="filter-select" allowClear placeholder={title} aria-label={title} value={value} options={choices.map((item) => ({ ...item, title: item.label }))}
        onChange={(next: string | undefined) => setFilter(name, next)} popupMatchSelectWidth={false} />;
    }
    const ranged = field.type === 'integer' || field.type === 'decimal' || field.type === 'date';
    return <Input.Search key={`${field.id} ${value ?? ''}`} className="filter-custom" allowClear={clearable()} searchIcon={<SearchOutlined aria-label={t('common.search')} />} placeholder={title} title={ranged ? t('custom.filter_range') : undefined} aria-label={title}
      defaultValue={value} onSearch={(next) => setFilter(name, next.trim())} />;
  });
}

/** The kind and the marks of a field in one line. */
export function FieldMarks({ field }: { field: CustomFieldView }) {
  const { t } = useTranslation();
  return (
    <>
      {field.required && <Tag>{t('custom.required')}</Tag>}
      {isSensitive(field) && <Tag color="gold">{t('custom.sensitive')}</Tag>}
      {field.filterable && <Tag>{t('custom.filterable')}</Tag>}
    </>
  );
}
