import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

/** Key points with synonyms, behavioural anchors per score, and a model answer; zh and en side by side. */
export function RubricFields({ readOnly }: { readOnly: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="editor-section"><h3 className="section-title">{t('rubric.points')}</h3><span className="quiet">{t('rubric.points_hint')}</span></div>
      <Form.List name={['rubric', 'points']}>
        {(fields, { add, remove }) => (
          <>
            {fields.map((field, index) => (
              <div className="rubric-item" key={field.key}>
                <div className="rubric-head">
                  <span className="rubric-name">{t('rubric.point', { number: index + 1 })}</span>
                  <span className="quiet">{t('field.weight')}</span>
                  <Form.Item name={[field.name, 'weight']} initialValue={1}><InputNumber min={0} max={100} step={0.5} aria-label={t('field.weight')} style={{ width: 84 }} /></Form.Item>
                  {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.delete')} onClick={() => remove(field.name)} />}
                </div>
                <Form.Item name={[field.name, 'key']} hidden><Input /></Form.Item>
                <div className="pair-fields">
                  <Form.Item name={[field.name, 'text_zh']}><Input.TextArea lang="zh-CN" autoSize maxLength={500} placeholder={t('rubric.point_zh')} aria-label={t('rubric.point_zh')} /></Form.Item>
                  <Form.Item name={[field.name, 'text_en']}><Input.TextArea lang="en" autoSize maxLength={500} placeholder={t('rubric.point_en')} aria-label={t('rubric.point_en')} /></Form.Item>
                </div>
                <Form.Item name={[field.name, 'synonyms']} style={{ marginBottom: 10 }}>
                  <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、', ';']} placeholder={t('rubric.synonyms')} aria-label={t('rubric.synonyms')} />
                </Form.Item>
              </div>
            ))}
            {!readOnly && <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ key: '', text_zh: '', text_en: '', synonyms: [], weight: 1 })}>{t('rubric.add_point')}</Button>}
          </>
        )}
      </Form.List>
      <div className="editor-section"><h3 className="section-title">{t('rubric.anchors')}</h3><span className="quiet">{t('rubric.anchors_hint')}</span></div>
      <Form.List name={['rubric', 'anchors']}>
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div className="anchor-row" key={field.key}>
                <Form.Item name={[field.name, 'score']}><InputNumber min={0} max={10} step={1} aria-label={t('rubric.anchor_score')} style={{ width: '100%' }} /></Form.Item>
                <Form.Item name={[field.name, 'text_zh']}><Input.TextArea lang="zh-CN" autoSize maxLength={500} placeholder={t('rubric.anchor_zh')} aria-label={t('rubric.anchor_zh')} /></Form.Item>
                <Form.Item name={[field.name, 'text_en']}><Input.TextArea lang="en" autoSize maxLength={500} placeholder={t('rubric.anchor_en')} aria-label={t('rubric.anchor_en')} /></Form.Item>
                {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.delete')} onClick={() => remove(field.name)} />}
              </div>
            ))}
            {!readOnly && <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ score: 5, text_zh: '', text_en: '' })}>{t('rubric.add_anchor')}</Button>}
          </>
        )}
      </Form.List>
      <div className="editor-section"><h3 className="section-title">{t('rubric.model_answer')}</h3></div>
      <div className="pair-fields">
        <Form.Item name={['rubric', 'model_answer_zh']}><Input.TextArea lang="zh-CN" autoSize={{ minRows: 4, maxRows: 14 }} maxLength={4000} placeholder={t('rubric.model_zh')} aria-label={t('rubric.model_zh')} /></Form.Item>
        <Form.Item name={['rubric', 'model_answer_en']}><Input.TextArea lang="en" autoSize={{ minRows: 4, maxRows: 14 }} maxLength={4000} placeholder={t('rubric.model_en')} aria-label={t('rubric.model_en')} /></Form.Item>
      </div>
    </>
  );
}
