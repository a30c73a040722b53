import { UploadOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';

/** Where no speech model for the language is installed, a transcript can be brought; the report is then made again. */
export function TranscriptImport({ interviewId, answerId }: { interviewId: string; answerId: string }) {
  const { t } = useTranslation();
  const send = useSend(
    async (file: File) => api.putText(`/interviews/${interviewId}/answers/${answerId}/transcript`, await file.text(), file.name.endsWith('.vtt') ? 'text/vtt' : 'application/x-subrip'),
    { refresh: [`/interviews/${interviewId}`], done: t('report.transcript_sent') },
  );
  return (
    <div className="transcript-import">
      <Upload accept=".srt,.vtt" showUploadList={false} beforeUpload={(file) => { send.mutate(file); return false; }}>
        <Button size="small" icon={<UploadOutlined />} loading={send.isPending}>{t('report.bring_transcript')}</Button>
      </Upload>
    </div>
  );
}
