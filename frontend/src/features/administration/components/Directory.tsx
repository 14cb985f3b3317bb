import { Anchor, Group, Table, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { peopleQuery, type Colleague } from "@/features/session/api/people";
import { EmptyState, ErrorState, PersonAvatar, SkeletonRows } from "@/ui";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (person: Colleague) => plain([person.name, person.profession, person.phone, ...person.teams.map(({ name }) => name)].join(" "));

/** Who works here, in which teams, and how to call them. */
export function Directory() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(peopleQuery);
  const [typed, setTyped] = useState("");
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={8} avatars />;
  const found = data.items.filter((person) => words(person).includes(plain(typed.trim())));
  return (
    <>
      <TextInput
        data-search
        type="search"
        maw={360}
        mb="md"
        aria-label={t("directory.search")}
        placeholder={t("directory.search")}
        leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.length === 0 ? <EmptyState>{t("directory.nobody")}</EmptyState> : <People people={found} />}
    </>
  );
}

function People({ people }: { people: Colleague[] }) {
  const { t } = useTranslation("administration");
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("directory.name")}</Table.Th>
            <Table.Th>{t("directory.profession")}</Table.Th>
            <Table.Th>{t("directory.teams")}</Table.Th>
            <Table.Th>{t("directory.phone")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.id}>
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <PersonAvatar person={person} size={28} />
                  <Text fw={550}>{person.name}</Text>
                </Group>
              </Table.Td>
              <Table.Td>{person.profession}</Table.Td>
              <Table.Td>{person.teams.map(({ name }) => name).join(", ")}</Table.Td>
              <Table.Td>{person.phone && <Anchor href={`tel:${person.phone.replace(/\s/g, "")}`}>{person.phone}</Anchor>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
