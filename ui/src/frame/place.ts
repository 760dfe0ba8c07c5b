import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Search } from "../router";

/** What the screen in sight keeps in its address, and how it changes it. */
export function usePlace(): [Search, (change: Search, options?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = useCallback(
    (wanted: Search, options?: { replace?: boolean }) =>
      void navigate({
        to: ".",
        search: ((before: Search) => ({ ...before, ...wanted })) as never,
        replace: options?.replace ?? true,
      }),
    [navigate],
  );
  return [search, change];
}

/** Opens another screen at a place of it. */
export function useGo(): (path: string, search?: Search) => void {
  const navigate = useNavigate();
  return useCallback(
    (path: string, search: Search = {}) => void navigate({ to: path, search: search as never }),
    [navigate],
  );
}
