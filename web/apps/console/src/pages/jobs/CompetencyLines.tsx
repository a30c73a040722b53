import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { Competency, CompetencyView, Items } from '@bole/api';
import { Button, Collapse, Form, InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { WeightSum } from '../../components/WeightSum';
import { useFamilies } from '../../lib/families';
import { usePair } from '../../lib/pair';
import { Levels } from './Levels';

export type Line = Pick<Competency, 'key' | 'weight' | 'level'>;

/** Lines as the server wants them: names from the library, levels of its own kept. */
export function completeLines(lines: Line[] | undefined, library: CompetencyView[] | undefined, saved: Competency[] | undefined): Competency[] {
  return (lines ?? []).map(({ key, weight, level }) => {
    const own = saved?.find((item) => item.key === key);
    const item = library?.find((known) => known.key === key) ?? own;
    return { key, weight, level: level ?? 3, name_zh: item?.name_zh ?? key, name_en: item?.name_en ?? key, levels: own?.levels ?? [] };
  });
}

/**
 * A competency model: which, how much, which level; the anchors behind each level can be opened. `saved`: the model as it
 * is; `family`: whose standard model is offered to start from.
 */
export function CompetencyLines({ saved, family, hint, readOnly }: { saved?: Competency[]; family?: string; hint: string; readOnly: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  const form = Form.useFormInstance();
  const lines = (Form.useWatch('competencies', form) as (Line | undefined)[] | undefined) ?? [];
  const library = useGet<Items<CompetencyView>>('/competencies', undefined, { staleTime: 600_000 });
  const families = useFamilies();
  const known = useMemo(() => {
    const items = new Map<string, { name_zh: string; name_en: string; levels: Competency['levels'] }>();
    for (const item of saved ?? []) items.set(item.key, item);
    for (const item of library.data?.items ?? []) items.set(item.key, { ...item, levels: items.get(item.key)?.levels.length ? items.get(item.key)!.levels : item.levels });
    return items;
  }, [saved, library.data]);
  const options = [...known].map(([key, item]) => ({ value: key, label: pair(item, 'name') }));
  const model = families.find(family);
  const levels = [1, 2, 3, 4, 5].map((level) => ({ value: level, label: t('jobs.level', { level }) }));
  const start = () => form.setFieldValue('competencies', model?.competencies.map(({ key, weight, level }) => ({ key, weight, level })));
  return (
    <section aria-labelledby="competency-model">
      <div className="row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
        <h3 className="section-title" id="competency-model">{t('jobs.competency_model')}</h3>
        {lines.length > 0 && <WeightSum weights={lines.map((item) => item?.weight ?? 0)} />}
      </div>
      <p className="quiet" style={{ marginBottom: 10 }}>
        {hint}
        {!readOnly && model && model.competencies.length > 0
          && <Button type="link" size="small" onClick={start}>{t('jobs.use_model', { family: families.name(family) })}</Button>}
      </p>
      <Form.List name="competencies">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => {
              const line = lines[field.name];
              const item = line?.key ? known.get(line.key) : undefined;
              return (
                <div key={field.key} className="competency-line">
                  <div className="competency-fields">
                    <Form.Item name={[field.name, 'key']} rules={[{ required: true, message: t('common.required') }]}>
                      <Select options={options} showSearch={{ optionFilterProp: 'label' }} aria-label={t('jobs.competency')} placeholder={t('jobs.competency')} />
                    </Form.Item>
                    <Form.Item name={[field.name, 'level']}><Select options={levels} aria-label={t('jobs.required_level')} /></Form.Item>
                    <Form.Item name={[field.name, 'weight']} rules={[{ required: true, message: t('common.required') }]}>
                      <InputNumber min={0} max={100} suffix="%" aria-label={t('field.weight')} style={{ width: '100%' }} />
                    </Form.Item>
                    {readOnly ? <span /> : <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.delete')} onClick={() => remove(field.name)} />}
                  </div>
                  {item && (
                    <Collapse ghost size="small" items={[{ key: 'levels', label: t('jobs.show_levels'), children: <Levels levels={item.levels} required={line?.level} /> }]} />
                  )}
                </div>
              );
            })}
            {!readOnly && (
              <Button type="dashed" block icon={<PlusOutlined />}
                onClick={() => add({ level: 3, weight: Math.max(0, 100 - lines.reduce((sum, item) => sum + (item?.weight ?? 0), 0)) })}>
                {t('jobs.add_competency')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </section>
  );
}
