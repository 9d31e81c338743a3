using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Tests.Cards;

/// <summary>Which properties a template says it reads, so that a test can hold them against the record that fills it.</summary>
public sealed class CardReferenceTests
{
    [Theory]
    [InlineData("${user.name}", "user.name")]
    [InlineData("Hi ${a}, ${b.c} and ${a}", "a", "b.c")]
    [InlineData("${people[0].name}", "people.name")]
    [InlineData("${people[i].name}", "i", "people.name")]
    [InlineData("${o['key with space']}", "o", "o.key with space")]
    [InlineData("${o['k'].x}", "o.k.x")]
    [InlineData("${join(select(people, p, p.name), ', ')}", "people", "people.name")]
    [InlineData("${count(where(people, p => p.score > $root.limit))}", "people", "people.score", "$root.limit")]
    [InlineData("${select(where(people, p, p.done), q, q.name)}", "people", "people.done", "people.name")]
    [InlineData("${select(teams, t, select(t.members, m, m.name))}", "teams", "teams.members", "teams.members.name")]
    [InlineData("${first(sortBy(people, 'score')).name}", "people", "people.name")]
    [InlineData("${where(people, p, p.done)[0].name}", "people", "people.done", "people.name")]
    [InlineData("${if(exists(note), note, '-')}", "note")]
    [InlineData("${$data.name} ${$root.week} ${$host.theme} ${$index}", "name", "$root.week", "$host.theme")]
    [InlineData("${$data}", "$data")]
    [InlineData("${1 + 2}")]
    [InlineData("plain")]
    public void A_text_names_the_paths_it_reads(string text, params string[] paths)
    {
        var template = CardTemplate.Parse("card", new JsonObject { ["text"] = text }.ToJsonString());

        Assert.Equal(paths, template.References.Select(reference => reference.Path));
        Assert.All(template.References, reference => Assert.Equal(("/text", 0), (reference.Pointer, reference.Scope.Count)));
    }

    [Fact]
    public void Each_reference_knows_its_place_its_scope_and_its_way_from_the_root()
    {
        var template = CardTemplate.Parse("card", """
            {
              "title": "${week}",
              "body": [
                {
                  "$data": "${teams}", "$when": "${active}",
                  "items": [ { "$data": "${where(members, m, m.here)}", "text": "${name} of ${$root.company.name}", "self": "${$data}" } ]
                },
                { "$data": [ { "t": 1 } ], "text": "${t}" },
                { "$data": "${$root.company}", "text": "${address.city}", "dark": "${$host.theme}" }
              ]
            }
            """);

        Assert.Equal(
            [
                ("/title", "", "week", "week"),
                ("/body/0/$data", "", "teams", "teams"),
                ("/body/0/$when", "teams", "active", "teams.active"),
                ("/body/0/items/0/$data", "teams", "members", "teams.members"),
                ("/body/0/items/0/$data", "teams", "members.here", "teams.members.here"),
                ("/body/0/items/0/text", "teams > members", "name", "teams.members.name"),
                ("/body/0/items/0/text", "teams > members", "$root.company.name", "company.name"),
                ("/body/0/items/0/self", "teams > members", "$data", "teams.members"),
                ("/body/1/text", """[ { "t": 1 } ]""", "t", null),
                ("/body/2/$data", "", "$root.company", "company"),
                ("/body/2/text", "$root.company", "address.city", "company.address.city"),
                ("/body/2/dark", "$root.company", "$host.theme", null),
            ],
            template.References.Select(reference => (reference.Pointer, string.Join(" > ", reference.Scope), reference.Path, reference.FromRoot)));
    }
}
