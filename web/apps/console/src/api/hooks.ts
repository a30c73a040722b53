import {
  keepPreviousData, useMutation, useQuery, useQueryClient,
  type QueryClient, type UseQueryOptions, type UseQueryResult,
} from '@tanstack/react-query';
import type { ApiProblem, Query } from '@bole/api';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemText } from '../lib/problem';
import { api } from './client';

type GetOptions<T> = Partial<Omit<UseQueryOptions<T, ApiProblem, T>, 'queryKey' | 'queryFn'>>;

/** Reads one address; null means "not yet". The cache key is the path followed by the query. */
export function useGet<T>(path: string | null, query?: Query, options?: GetOptions<T>): UseQueryResult<T, ApiProblem> {
  return useQuery<T, ApiProblem, T>({
    queryKey: [path, query ?? {}],
    queryFn: ({ signal }) => api.get<T>(path!, query, signal),
    enabled: path !== null,
    ...options,
  });
}

/** Like useGet, and shows the former page until the next one is there. */
export function useGetKeeping<T>(path: string | null, query?: Query): UseQueryResult<T, ApiProblem> {
  return useGet<T>(path, query, { placeholderData: keepPreviousData as never });
}

/** Everything read below these paths is asked for again. */
export function refresh(client: QueryClient, ...paths: string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: (query) => {
      const key = query.queryKey[0];
      return typeof key === 'string' && paths.some((path) => key === path || key.startsWith(`${path}/`));
    },
  });
}

interface SendOptions<TIn, TOut> {
  /** Paths to read again after success. */
  refresh?: string[];
  /** Text to show after success. */
  done?: string;
  onDone?: (result: TOut, input: TIn) => void;
  /** Return true when the page shows the problem itself. */
  onProblem?: (problem: ApiProblem) => boolean | void;
}

/** One change sent to the server, with its success and failure shown in one way everywhere. */
export function useSend<TIn = void, TOut = unknown>(send: (input: TIn) => Promise<TOut>, options: SendOptions<TIn, TOut> = {}) {
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  const { t } = useTranslation();
  return useMutation<TOut, ApiProblem, TIn>({
    mutationFn: send,
    onSuccess: async (result, input) => {
      if (options.done) void message.success(options.done);
      options.onDone?.(result, input);
      if (options.refresh) await refresh(client, ...options.refresh);
    },
    onError: (problem) => {
      if (options.onProblem?.(problem)) return;
      const text = problemText(problem, t);
      notification.error({
        title: text.title,
        description: [text.detail, ...problem.errors.map((error) => error.message)].filter(Boolean).join(' · ') || undefined,
      });
    },
  });
}
