import type { Items, JobView, Page, UnitName } from '@bole/api';
import { useQuery } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useGet } from '../api/hooks';
import { useCan } from '../app/session';
import { englishNames, type Named } from '../lib/names';

interface Names {
  unit: (view: { org_id?: string | null; org_name?: string | null } | null | undefined) => string;
  job: (view: { job_id?: string | null; job_name?: string | null } | null | undefined) => string;
}

const given: Names = { unit: (view) => view?.org_name ?? '', job: (view) => view?.job_name ?? '' };
const NamesContext = createContext<Names>(given);

/** Units and jobs as the reader's language calls them; views carry the Chinese name only. */
export function useNames(): Names {
  return use(NamesContext);
}

const kPageLimit = 200, kMostPages = 25;

async function allJobs(signal: AbortSignal): Promise<Named[]> {
  const jobs: Named[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < kMostPages; page++) {
    const found: Page<JobView> = await api.get<Page<JobView>>('/jobs', { limit: kPageLimit, cursor }, signal);
    for (const { id, name, name_en } of found.items) jobs.push({ id, name, name_en });
    cursor = found.next_cursor ?? undefined;
    if (!cursor) break;
  }
  return jobs;
}

/** Reads the names once for all pages, and only for an English reader. Until they are there a name is empty, not Chinese. */
export function NamesProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const can = useCan();
  const english = i18n.language === 'en-US';
  const units = useGet<Items<UnitName>>(english && can('org.read') ? '/org/names' : null, undefined, { staleTime: 60_000 });
  const jobs = useQuery({ queryKey: ['/jobs', 'names'], queryFn: ({ signal }) => allJobs(signal), enabled: english && can('job.read'), staleTime: 60_000 });
  const { isLoading: unitsLoading, data: nodes } = units;
  const { isLoading: jobsLoading, data: library } = jobs;
  const names = useMemo<Names>(() => {
    if (!english) return given;
    const unit = englishNames(nodes?.items ?? []), job = englishNames(library ?? []);
    return {
      unit: (view) => (unitsLoading ? '' : unit(view?.org_id, view?.org_name)),
      job: (view) => (jobsLoading ? '' : job(view?.job_id, view?.job_name)),
    };
  }, [english, nodes, library, unitsLoading, jobsLoading]);
  return <NamesContext value={names}>{children}</NamesContext>;
}
