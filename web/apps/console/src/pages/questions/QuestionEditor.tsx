import { HistoryOutlined } from '@ant-design/icons';
import type { QuestionView, Rubric } from '@bole/api';
import { Alert, Button, Form, Input, InputNumber, Rate, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { AssetInput } from '../../components/AssetInput';
import { EditorDrawer } from '../../components/EditorDrawer';
import { FamilySelect } from '../../components/FamilySelect';
import { JobsPicker } from '../../components/JobsPicker';
import { useEnumOptions } from '../../components/Filters';
import { OrgPicker } from '../../components/Pickers';
import type { AssetKind } from '../../lib/assets';
import { useDimensionOptions, useDimensions } from '../../lib/dimensions';
import { showAtFields } from '../../lib/problem';
import { QuestionVersions } from './QuestionVersions';
import { RubricFields } from './RubricFields';

type Values = Pick<QuestionView, 'org_id' | 'code' | 'text_zh' | 'text_en' | 'asset_id' | 'family' | 'competency' | 'difficulty' | 'suggested_seconds' | 'status'> & {
  job_ids: string[];
  rubric: Rubric;
};

const questionMedia: readonly AssetKind[] = ['picture', 'video'];

const emptyRubric: Rubric = {
  points: [], anchors: [2, 4, 6, 8, 10].map((score) => ({ score, text_zh: '', text_en: '' })), model_answer_zh: '', model_answer_en: '',
};

/** Everything the server wants is sent, also what the person left empty. */
function complete(values: Values): Values {
  const rubric = values.rubric;
  return {
    ...values,
    text_zh: values.text_zh ?? '', text_en: values.text_en ?? '', job_ids: values.job_ids ?? [],
    rubric: {
      points: (rubric.points ?? []).map((point, index) => ({
        key: point.key || `p${index + 1}`, text_zh: point.text_zh ?? '', text_en: point.text_en ?? '', synonyms: point.synonyms ?? [], weight: point.weight ?? 1,
      })),
      anchors: (rubric.anchors ?? []).filter((anchor) => anchor.text_zh || anchor.text_en)
        .map((anchor) => ({ score: anchor.score, text_zh: anchor.text_zh ?? '', text_en: anchor.text_en ?? '' })),
      model_answer_zh: rubric.model_answer_zh ?? '', model_answer_en: rubric.model_answer_en ?? '',
    },
  };
}

/** `former`: an earlier version, to be read only. */
export function QuestionEditor({ question, former, onClose }: { question?: QuestionView; former?: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const statuses = useEnumOptions('item_status');
  const readOnly = former || !can('question.write');
  const [versions, setVersions] = useState(false);
  const [kind, setKind] = useState<QuestionView['kind']>(question?.kind ?? 'text');
  const [uploading, setUploading] = useState(false);
  const orgId = Form.useWatch('org_id', form);
  const dimensions = useDimensionOptions(useDimensions(readOnly ? undefined : question?.org_id ?? orgId), question?.competency);
  const save = useSend(
    (values: Values) => {
      const { org_id, asset_id, ...rest } = complete(values);
      const body = { ...rest, kind: asset_id ? kind : 'text' };
      // An empty id takes the picture or video away.
      if (question) return api.patch<QuestionView>(`/questions/${question.id}`, { ...body, asset_id: asset_id ?? '', version: question.version });
      const { status: _status, ...create } = body;
      return api.post<QuestionView>('/questions', { ...create, org_id, asset_id: asset_id || undefined });
    },
    { refresh: ['/questions'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  const oneLanguage = {
    validator: () => {
      const { text_zh, text_en } = form.getFieldsValue();
      return text_zh?.trim() || text_en?.trim() ? Promise.resolve() : Promise.reject(new Error(t('questions.one_language')));
    },
  };
  return (
    <EditorDrawer open size={860} title={question ? [t('questions.edit'), question.code, former && t('questions.revision', { revision: question.revision })].filter(Boolean).join(' · ') : t('questions.add')} readOnly={readOnly}
      extra={question && !former && question.revision > 1 && <Button type="text" icon={<HistoryOutlined />} onClick={() => setVersions(true)}>{t('versions.title')}</Button>}
      saving={save.isPending || uploading} onClose={onClose} onSave={() => { if (!uploading) form.submit(); }}>
      {question && !readOnly && <Alert type="info" showIcon title={t('questions.revision_hint', { revision: question.revision })} style={{ marginBottom: 16 }} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} disabled={readOnly} onFinish={(values) => save.mutate(values)}
        initialValues={question ? { ...question, job_ids: question.jobs.map((job) => job.id) } : { org_id: user.org_id, family: 'general', difficulty: 3, suggested_seconds: 120, rubric: emptyRubric, job_ids: [] }}>
        <div className="pair-fields">
          <Form.Item name="text_zh" label={t('questions.text_zh')} rules={[oneLanguage]}><Input.TextArea lang="zh-CN" autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} /></Form.Item>
          <Form.Item name="text_en" label={t('questions.text_en')}><Input.TextArea lang="en" autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} /></Form.Item>
        </div>
        <Form.Item name="asset_id" label={t('questions.media')} extra={t('questions.media_hint')} getValueFromEvent={(asset?: { id: string }) => asset?.id ?? ''}>
          <AssetInput label={t('questions.media')} orgId={question?.org_id ?? orgId} accept={questionMedia} kind={kind === 'text' ? undefined : kind} disabled={readOnly}
            onChange={(asset) => setKind(asset && asset.kind !== 'audio' ? asset.kind : 'text')} onBusy={setUploading} />
        </Form.Item>
        <div className="split-fields">
          <Form.Item name="code" label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>
          <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker disabled={Boolean(question) || readOnly} /></Form.Item>
          <Form.Item name="family" label={t('jobs.family')} rules={required}><FamilySelect /></Form.Item>
          <Form.Item name="job_ids" label={t('questions.jobs')} extra={t('questions.jobs_hint')}>
            <JobsPicker known={question?.jobs ?? []} disabled={readOnly} placeholder={t('questions.jobs_all')} />
          </Form.Item>
          <Form.Item name="competency" label={t('questions.competency')} rules={required}>
            <Select options={dimensions} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item name="suggested_seconds" label={t('questions.seconds')} rules={required}>
            <InputNumber min={10} max={900} step={10} suffix={t('unit.seconds')} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="difficulty" label={t('questions.difficulty')} rules={required}><Rate allowClear={false} /></Form.Item>
          {question && <Form.Item name="status" label={t('field.status')}><Select options={statuses} /></Form.Item>}
        </div>
        <RubricFields readOnly={readOnly} />
      </Form>
      {versions && question && <QuestionVersions question={question} onClose={() => setVersions(false)} onRestored={onClose} />}
    </EditorDrawer>
  );
}
