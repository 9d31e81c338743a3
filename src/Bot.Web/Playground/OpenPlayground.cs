using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Web.Playground;

/// <summary>
/// Before anything else of the host starts: the tables, the clock, the first people and channels. When everything has started: tells
/// the product who is here.
/// </summary>
public sealed partial class OpenPlayground(
    IDbContextFactory<PlaygroundDb> stores, PlaygroundClock clock, TellTheProduct tell, ILogger<OpenPlayground> log) : IHostedLifecycleService
{
    private static readonly (string Id, string Name, string Zone, bool IsAdmin)[] FirstPeople =
    [
        ("dana", "Dana Kowalski", "Europe/Berlin", true),
        ("lee", "Lee Okafor", "America/New_York", false),
        ("priya", "Priya Raman", "Asia/Kolkata", false),
        ("layla", "ليلى حداد", "Africa/Cairo", false),
        ("zoe", "Zoë Brûlé 🌱", "Europe/Paris", false),
        ("tomas", "Tomás Núñez", "America/Sao_Paulo", false),
    ];

    private static readonly string[] FirstChannels = ["churn-predictor", "ticket-triage", "portfolio"];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        await store.Database.MigrateAsync(cancellationToken);

        // Kept in the file once set; the product's store wants the same.
        await store.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
        if (await store.Clock.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } setting)
        {
            clock.Set(TimeSpan.FromMilliseconds(setting.AheadMilliseconds), setting.NotBefore);
        }

        if (!await store.People.AnyAsync(cancellationToken))
        {
            var now = clock.GetUtcNow();
            store.People.AddRange(FirstPeople.Select((p, place) => new PlaygroundPerson
            {
                Id = p.Id, Name = p.Name, TimeZone = p.Zone, IsAdmin = p.IsAdmin, AddedAt = now.AddMilliseconds(place),
            }));
            store.Channels.AddRange(FirstChannels.Select((name, place) => new PlaygroundChannel
            {
                Id = name, Name = name, AddedAt = now.AddMilliseconds(place),
            }));
            await store.SaveChangesAsync(cancellationToken);
            Seeded(FirstPeople.Length, FirstChannels.Length);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => tell.WhoIsHereAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Seeded the playground with {People} people and {Channels} channels")]
    private partial void Seeded(int people, int channels);
}

/// <summary>
/// Says that the bot is in the workspace and in each channel, and who is there. Delivery ids follow from what is said, so saying it
/// again (a restart, or after a crash between storing and telling) is recognized as the same.
/// </summary>
public sealed class TellTheProduct(IDbContextFactory<PlaygroundDb> stores, HandleInbound handle)
{
    public async Task WhoIsHereAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var everybody = await store.EverybodyAsync(ct);
        var channels = await store.Channels.AsNoTracking().OrderBy(c => c.AddedAt).ThenBy(c => c.Id).ToListAsync(ct);
        var installer = everybody.Find(p => p.IsAdmin)?.AsChatPerson();

        await handle(new BotAdded(new DeliveryId("bot-added"), PlaygroundPlatform.Workspace, installer, null), ct);
        foreach (var channel in channels)
        {
            // Nobody ever leaves, so the number of people tells which set it is.
            var (where, joined) = (channel.AsConversation(), everybody.Select(p => p.AsChatPerson()).ToList());
            await handle(new BotAdded(new DeliveryId($"bot-added-{channel.Id}"), PlaygroundPlatform.Workspace, installer, where), ct);
            await handle(new MembersChanged(new DeliveryId($"members-{channel.Id}-{joined.Count}"), PlaygroundPlatform.Workspace, where, joined, []), ct);
        }
    }
}
