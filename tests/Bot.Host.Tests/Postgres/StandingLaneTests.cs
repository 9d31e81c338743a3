using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Slack;
using Bot.Tests;
using FakeSlack;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bot.Host.Tests.Postgres;

// A lane that some other process holds and does not move: the host says that it is not ready, and is when the lane moves again.
public sealed class StandingLaneTests
{
    [PostgresFact]
    public async Task A_lane_that_stands_still_turns_the_host_red_until_it_moves()
    {
        await using var store = await TestStore.MigratedOnServerAsync();
        await using var slack = await SlackServer.StartAsync();
        slack.Workspace.AddMember("U0DANA", "dana");
        var workspace = await CardDueAsync(store, slack.Workspace.Id);
        await using var other = new NpgsqlConnection(store.Address.ConnectionString);
        await other.OpenAsync();
        await DoAsync(other, "pg_advisory_lock", workspace);
        await using var host = await HostProcess.StartAsync(null, new()
        {
            ["Store__Provider"] = "postgres", ["Store__ConnectionString"] = store.Address.ConnectionString,
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri, ["Slack__SigningSecret"] = slack.App.SigningSecret, ["Slack__BotToken"] = slack.Install().Token,
        });
        using var http = new HttpClient { BaseAddress = host.Address };

        await Eventually.HoldsAsync("the alarm clock looks, and the lane stands", async () =>
        {
            using var answer = await http.GetAsync("/health/ready");
            var checks = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]!;
            return (string?)checks["alarm"]!["status"] == "Healthy" && answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && (string?)checks["delivery"]!["description"] == "The lanes of 1 workspace stand still: cards are due, and for 10 minutes none was tried.";
        });

        await DoAsync(other, "pg_advisory_unlock", workspace);
        await Eventually.HoldsAsync("it is ready", async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
        Assert.Single(slack.Calls, call => call is { Method: "chat.postMessage", Error: null });
    }

    private static async Task<WorkspaceId> CardDueAsync(TestStore store, string team)
    {
        var ago = TimeProvider.System.GetUtcNow().AddMinutes(-20);
        await using var db = store.Open();
        var workspace = new Workspace { Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = SlackPlatform.PlatformName, ExternalId = team, AddedAt = ago };
        var dana = new Person { Id = Id.New<PersonId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = "U0DANA", Name = "Dana" };
        db.AddRange(workspace, dana);
        new Outbox(db, TimeProvider.System).Post(workspace.Id, "notice:1", dana.Id, CardBook.Open().Fill(new Notice("at last")), notBefore: ago);
        await db.SaveChangesAsync();
        return workspace.Id;
    }

    /// <summary>By the key of the workspace's lane: the random half of its id.</summary>
    private static async Task DoAsync(NpgsqlConnection connection, string function, WorkspaceId workspace)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}({BinaryPrimitives.ReadInt64BigEndian(workspace.Value.ToByteArray(bigEndian: true).AsSpan(8))})", connection);
        await command.ExecuteNonQueryAsync();
    }
}
