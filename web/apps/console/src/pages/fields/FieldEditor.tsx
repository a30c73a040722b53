import { MinusCircleOutlined, PlusOutlined, StopOutlined, UndoOutlined } from '@ant-design/icons';
import type { CustomFieldView, CustomValues, FieldType } from '@bole/api';
import { Alert, Button, Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { FormParts } from '../../components/CustomFields';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { toBody, toControls } from '../../lib/custom-fields';
import { showAtFields } from '../../lib/problem';

type Option = Partial<CustomFieldView['options'][number]>;
interface Values {
  key?: string;
  type: FieldType;
  title_zh: string;
  title_en?: string;
  hint_zh?: string;
  hint_en?: string;
  required?: boolean;
  minimum?: string | number | Dayjs | null;
  maximum?: string | number | Dayjs | null;
  options?: Option[];
  default_value?: unknown;
  sensitive: CustomFieldView['sensitive'];
  filterable?: boolean;
}

const kLimited: FieldType[] = ['text', 'long_text', 'integer', 'decimal', 'date', 'choices'];
const isChoice = (type: FieldType | undefined) => type === 'choice' || type === 'choices';
const limit = (value: Values['minimum']) => (value === null || value === undefined || value === '' ? undefined : dayjs.isDayjs(value) ? value.format('YYYY-MM-DD') : String(value));

interface Props {
  entity: string;
  orgId: string;
  orgName: string;
  field?: CustomFieldView;
  sensitive: boolean;
  onClose: () => void;
}

/** One definition. Key, kind and sensitivity are fixed once it is saved, because values depend on them. */
export function FieldEditor({ entity, orgId, orgName, field, sensitive, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const types = useEnumOptions('field_type');
  const classes = useEnumOptions('sensitivity');
  const [draft, setDraft] = useState<Values>(() => start(field));
  const [fallback, setFallback] = useState<unknown>(field?.default_value ?? null);
  const { type } = draft;
  const body = (values: Values) => ({
    title_zh: values.title_zh, title_en: values.title_en ?? '', hint_zh: values.hint_zh ?? '', hint_en: values.hint_en ?? '',
    required: Boolean(values.required), filterable: Boolean(values.filterable),
    minimum: kLimited.includes(values.type) ? limit(values.minimum) : undefined,
    maximum: kLimited.includes(values.type) ? limit(values.maximum) : undefined,
    options: isChoice(values.type) ? (values.options ?? []).map((option) => ({ key: option.key ?? '', title_zh: option.title_zh ?? '', title_en: option.title_en ?? '', retired: Boolean(option.retired) })) : [],
    default_value: savedDefault(values, fallback),
  });
  const save = useSend(
    (values: Values) => (field
      ? api.put<CustomFieldView>(`/fields/${field.id}`, { ...body(values), version: field.version })
      : api.post<CustomFieldView>('/fields', { ...body(values), entity, org_id: orgId, key: values.key?.trim() || undefined, type: values.type, sensitive: values.sensitive })),
    { refresh: [`/forms/${entity}`, '/fields'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, whitespace: true, message: t('common.required') }];
  const length = type === 'text' || type === 'long_text';
  const limitLabel = (least: boolean) => (length ? t(least ? 'custom.min_length' : 'custom.max_length') : type === 'choices' ? t(least ? 'custom.min_count' : 'custom.max_count') : t(least ? 'custom.minimum' : 'custom.maximum'));
  const limitControl = () => (type === 'date' ? <DatePicker style={{ width: '100%' }} /> : <InputNumber style={{ width: '100%' }} min={length || type === 'choices' ? 0 : undefined} precision={type === 'decimal' ? undefined : 0} />);
  return (
    <EditorDrawer open size={720} title={field ? t('custom.edit') : t('custom.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={start(field)} onValuesChange={(_, values) => setDraft({ ...start(field), ...values })}
        onFinish={(values) => save.mutate({ ...start(field), ...values })}>
        {!field && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('custom.holds_in', { org: orgName })} />}
        <div className="split-fields">
          <Form.Item name="title_zh" label={t('custom.title_zh')} rules={required}><Input maxLength={60} lang="zh-CN" autoFocus={!field} /></Form.Item>
          <Form.Item name="title_en" label={t('custom.title_en')}><Input maxLength={60} lang="en" /></Form.Item>
          <Form.Item name="type" label={t('custom.type')} extra={t('custom.fixed')}><Select options={types} disabled={Boolean(field)} /></Form.Item>
          <Form.Item name="key" label={t('custom.key')} extra={t('custom.key_hint')}><Input maxLength={40} disabled={Boolean(field)} spellCheck={false} /></Form.Item>
          <Form.Item name="hint_zh" label={t('custom.hint_zh')}><Input maxLength={300} lang="zh-CN" /></Form.Item>
          <Form.Item name="hint_en" label={t('custom.hint_en')}><Input maxLength={300} lang="en" /></Form.Item>
          {kLimited.includes(type) && <Form.Item name="minimum" label={limitLabel(true)}>{limitControl()}</Form.Item>}
          {kLimited.includes(type) && <Form.Item name="maximum" label={limitLabel(false)}>{limitControl()}</Form.Item>}
          {sensitive && <Form.Item name="sensitive" label={t('custom.sensitivity')} extra={t('custom.sensitivity_hint')}><Select options={classes} disabled={Boolean(field)} /></Form.Item>}
        </div>
        {isChoice(type) && <Options />}
        <Form.Item name="required" valuePropName="checked" style={{ marginBottom: 0 }}><Checkbox>{t('custom.required_box')}</Checkbox></Form.Item>
        <Form.Item name="filterable" valuePropName="checked" extra={draft.sensitive !== 'none' ? t('custom.not_filterable') : undefined}>
          <Checkbox disabled={draft.sensitive !== 'none' || type === 'long_text'}>{t('custom.filterable_box')}</Checkbox>
        </Form.Item>
      </Form>
      <section className="field-preview" aria-label={t('custom.preview')}>
        <p className="quiet">{t('custom.preview_default')}</p>
        <Preview draft={draft} field={field} body={body(draft)} onDefault={setFallback} />
      </section>
    </EditorDrawer>
  );
}

/** A default names only choices that are saved; of new ones the server has yet to make the keys. */
function savedDefault(values: Values, fallback: unknown): unknown {
  if (!isChoice(values.type)) return fallback ?? null;
  const keys = (values.options ?? []).flatMap((option) => (option.key && !option.retired ? [option.key] : []));
  if (Array.isArray(fallback)) return fallback.filter((key) => keys.includes(String(key)));
  return keys.includes(String(fallback)) ? fallback : null;
}

function start(field: CustomFieldView | undefined): Values {
  if (!field) return { type: 'text', title_zh: '', sensitive: 'none', options: [{}, {}] };
  const shown = (value: string | null | undefined) => (value && field.type === 'date' ? dayjs(value) : value && field.type !== 'date' ? Number(value) : undefined);
  return { ...field, minimum: shown(field.minimum), maximum: shown(field.maximum) };
}

function Preview({ draft, field, body, onDefault }: { draft: Values; field?: CustomFieldView; body: Partial<CustomFieldView>; onDefault: (value: unknown) => void }) {
  const { t } = useTranslation();
  const shown = {
    ...field, ...body, id: 'preview', key: 'preview', type: draft.type, sensitive: draft.sensitive, title_zh: draft.title_zh || draft.title_en || t('custom.untitled'),
    options: (body.options ?? []).filter((option) => option.title_zh || option.title_en).map((option, index) => ({ ...option, key: option.key || `new${index}` })),
  } as CustomFieldView;
  return (
    <Form key={draft.type} layout="vertical" requiredMark={false} component="div" initialValues={{ custom: toControls([{ ...shown, default_value: field?.default_value ?? null }], undefined) }}
      onValuesChange={(_, values: { custom?: CustomValues }) => onDefault(toBody([shown], values.custom, {})?.[shown.key] ?? null)}>
      <FormParts parts={[{ key: 'preview', title_zh: t('custom.more', { lng: 'zh-CN' }), title_en: t('custom.more', { lng: 'en-US' }), fields: [shown] }]} />
    </Form>
  );
}

/** Choices. One that was saved before is retired instead of removed when records use it; the server says which. */
function Options() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  return (
    <Form.List name="options">
      {(items, { add, remove }) => (
        <fieldset className="option-list">
          <legend>{t('custom.options')}</legend>
          {items.map(({ key, name }) => (
            <div key={key} className="option-row">
              <Form.Item name={[name, 'title_zh']} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={80} lang="zh-CN" placeholder={t('custom.title_zh')} aria-label={t('custom.option_zh', { n: name + 1 })} /></Form.Item>
              <Form.Item name={[name, 'title_en']}><Input maxLength={80} lang="en" placeholder={t('custom.title_en')} aria-label={t('custom.option_en', { n: name + 1 })} /></Form.Item>
              <Form.Item shouldUpdate noStyle>
                {() => {
                  const option = form.getFieldValue(['options', name]) as Option | undefined;
                  if (!option?.key) return <span />;
                  const retired = Boolean(option.retired);
                  return (
                    <Button type="text" icon={retired ? <UndoOutlined /> : <StopOutlined />} title={retired ? t('custom.restore') : t('custom.retire')} aria-label={retired ? t('custom.restore') : t('custom.retire')}
                      onClick={() => form.setFieldValue(['options', name, 'retired'], !retired)} className={retired ? 'option-retired' : ''} />
                  );
                }}
              </Form.Item>
              <Button type="text" icon={<MinusCircleOutlined />} aria-label={t('custom.option_remove', { n: name + 1 })} onClick={() => remove(name)} />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>{t('custom.option_add')}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}
