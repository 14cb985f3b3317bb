"""The directory of a centre."""


def test_the_directory_names_the_colleagues_who_work_here_today(
    client_of, nurse, secretary, ended, stranger, secretariat
):
    answer = client_of(nurse).get("/api/people").json()
    assert [one["name"] for one in answer["items"]] == ["Awa Diallo", "Martine Dubois", "Lucas Martin"]
    assert answer["items"][1] == {
        "id": str(secretary.pk),
        "name": "Martine Dubois",
        "short": "Martine D.",
        "profession": "Secrétaire",
        "initials": "MD",
        "teams": [{"id": str(secretariat.pk), "name": "Secrétariat"}],
        "phone": "",
    }
