using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Delivery;
using Bot.Tests;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Faults;

// A card that Slack never takes, and one that cannot even be rendered, each at the head of its conversation.
public sealed class PoisonCardTests
{
    private const int People = 6;

    [Fact]
    public async Task A_card_that_can_never_be_said_goes_to_the_dead_letters_once_and_what_stands_behind_it_is_said()
    {
        await using var store = TestStore.EmptyFile();
        await using var crowd = await SlackCrowd.StartAsync(store.Address, People, loops: 1);
        await PutAsync(crowd, "refused", 1, JsonSerializer.Serialize(new Card("poison", new JsonObject { ["type"] = "AdaptiveCard" }, "")));
        await PutAsync(crowd, "broken", 2, "{ not a card");
        await using var host = await crowd.HostAsync();

        await crowd.SettledAsync("nothing waits");

        var dead = await crowd.AskAsync(db => db.Outbox.Where(o => o.State == OutboxState.Dead).OrderBy(o => o.Key).Select(o => new { o.Key, o.LastError, o.Card }).ToListAsync());
        Assert.Equal(["broken", "refused"], dead.Select(o => o.Key));
        Assert.StartsWith("Refused: Failed: ", dead[0].LastError);
        Assert.Equal("Refused: no_text", dead[1].LastError);
        Assert.All(dead, o => Assert.NotEqual("", o.Card));
        Assert.Equal(2, host.Output.Split('\n').Count(line => line.Contains("was given up")));
        Assert.Single(crowd.Slack.Calls, call => call.Error is not null && call.Method == "chat.postMessage");
        Assert.Equal(Enumerable.Range(0, People).Select(person => SlackCrowd.IdOf(person)), await crowd.AskAsync(db => (
            from prompt in db.PostedCards
            join card in db.Outbox on prompt.Key equals card.Key
            join person in db.People on card.ToPerson equals person.Id
            orderby person.ExternalId
            select person.ExternalId).ToListAsync()));
        Assert.Empty(await Said.TwiceAsync(crowd));
    }

    private static async Task PutAsync(SlackCrowd crowd, string key, int person, string card)
    {
        await using var db = crowd.Open();
        var to = await db.People.SingleAsync(p => p.ExternalId == SlackCrowd.IdOf(person));
        var now = TimeProvider.System.GetUtcNow();
        db.Add(new OutboxCard
        {
            Id = Id.New<OutboxId>(TimeProvider.System), WorkspaceId = to.WorkspaceId, Key = key, ToPerson = to.Id, Card = card, NotBefore = now, CreatedAt = now,
        });
        await db.SaveChangesAsync();
    }
}
