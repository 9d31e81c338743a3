using System.Net;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Delivery;
using Bot.Host.Health;
using Bot.Web.Playground;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Host.Tests;

// Live: the process answers. Ready: the store is there, the alarm clock looks, cards get out.
public sealed class HealthTests
{
    [Fact]
    public async Task Before_the_alarm_clock_has_looked_it_is_not_ready_and_afterwards_it_is()
    {
        var heartbeat = new Heartbeat();
        var check = new AlarmCheck(heartbeat);
        Assert.Equal(HealthStatus.Unhealthy, (await check.CheckHealthAsync(new HealthCheckContext())).Status);

        heartbeat.Beat(TimeProvider.System.GetUtcNow());

        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext())).Status);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_hides_no_alarm_clock_that_stands_still()
    {
        var heartbeat = new Heartbeat();
        var check = new AlarmCheck(heartbeat);
        heartbeat.Beat(TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.Equal(HealthStatus.Unhealthy, (await check.CheckHealthAsync(new HealthCheckContext())).Status);

        heartbeat.Beat(TimeProvider.System.GetUtcNow());

        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext())).Status);
    }

    [Fact]
    public async Task A_host_that_runs_is_live_and_ready_and_names_what_it_looked_at()
    {
        using var store = new StoreFile();
        await using var host = await HostProcess.StartAsync(store.Path);
        using var http = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);

        var (status, body) = (HttpStatusCode.ServiceUnavailable, new JsonObject());
        await Eventually.HoldsAsync("it is ready", async () =>
        {
            (status, body) = await ReadyAsync(http);
            Assert.True(status is HttpStatusCode.OK || (status is HttpStatusCode.ServiceUnavailable && Of(body, "alarm") == "Unhealthy"));
            return status is HttpStatusCode.OK;
        });

        Assert.Equal("Healthy", (string?)body["status"]);
        Assert.Equal(["Healthy", "Healthy", "Healthy"], new[] { "store", "alarm", "delivery" }.Select(check => Of(body, check)));
    }

    [Fact]
    public async Task A_card_that_waits_too_long_is_said_and_does_not_take_the_host_out_of_service()
    {
        using var store = new StoreFile();
        await AnOldCardAsync(store);
        await using var host = await HostProcess.StartReadyAsync(store.Path);
        using var http = new HttpClient { BaseAddress = host.Address };

        var (status, body) = await ReadyAsync(http);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Degraded", (string?)body["status"]);
        Assert.Equal("Degraded", Of(body, "delivery"));
        Assert.Contains("oldest undelivered card", (string?)body["checks"]!["delivery"]!["description"]);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> ReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private static string? Of(JsonObject body, string check) => (string?)body["checks"]?[check]?["status"];

    /// <summary>Made twenty minutes ago, and refused by its platform until in an hour.</summary>
    private static async Task AnOldCardAsync(StoreFile store)
    {
        await store.MigrateAsync();
        var now = TimeProvider.System.GetUtcNow();
        await using var db = store.Product();
        var workspace = new Workspace
        {
            Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = PlaygroundPlatform.PlatformName, ExternalId = PlaygroundPlatform.Workspace.Id, AddedAt = now,
        };
        db.Add(workspace);
        db.Add(new OutboxCard
        {
            Id = Id.New<OutboxId>(TimeProvider.System), WorkspaceId = workspace.Id, Key = "old", Card = "{}", Attempts = 3,
            CreatedAt = now.AddMinutes(-20), NotBefore = now.AddHours(1),
        });
        await db.SaveChangesAsync();
    }
}
