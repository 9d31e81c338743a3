using Bot.Chat;
using Bot.Delivery;
using Bot.Links;
using Bot.Loops;
using Bot.Samples;
using Bot.Store;
using Bot.Web.Playground;
using Bot.Web.Playground.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Samples;

/// <summary>Loads the marked sample portfolio into the playground, and takes it away again.</summary>
public sealed partial class LoadSample(
    IServiceScopeFactory scopes, IDbContextFactory<PlaygroundDb> playground, HandleInbound handle, ILinks links, TimeProvider clock, ILogger<LoadSample> log)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public static SamplePortfolio Offer(IServiceProvider services)
    {
        var sample = services.GetRequiredService<LoadSample>();
        return new SamplePortfolio(sample.LoadAsync, sample.RemoveAsync, sample.IsLoadedAsync);
    }

    public void Dispose() => _one.Dispose();

    private Task<bool> IsLoadedAsync(CancellationToken ct) => WithRowsAsync(rows => rows.AreThereAsync(ct));

    private async Task LoadAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (!await IsLoadedAsync(ct))
            {
                await LiveAsync(ct);
                LogLoaded();
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task RemoveAsync(CancellationToken ct)
    {
        var channels = await WithRowsAsync(rows => rows.RemoveAsync(ct));
        await using var store = await playground.CreateDbContextAsync(ct);
        foreach (var channel in channels.Select(c => c.ExternalId))
        {
            await store.Messages.Where(m => m.ConversationId == channel).ExecuteDeleteAsync(ct);
            await store.Channels.Where(c => c.Id == channel).ExecuteDeleteAsync(ct);
        }

        LogRemoved(channels.Count);
    }

    private async Task LiveAsync(CancellationToken ct)
    {
        var people = await MakeRoomAsync(ct);
        var file = Path.Combine(Path.GetTempPath(), $"afterpilot-sample-{Guid.NewGuid():N}.db");
        try
        {
            var weeks = SampleStory.Portfolio.Max(s => s.Weeks.Count);
            await CopyDirectoryAsync(file, ct);
            var then = new SampleClock(Begin(clock.GetUtcNow(), weeks));
            await using (var product = Product(file, then))
            {
                await new PlaySample(product, then, people).LiveAsync(SampleStory.Portfolio, ct);
            }

            await WithRowsAsync(async rows =>
            {
                await rows.TakeOverAsync(file, ct);
                return true;
            });
        }
        finally
        {
            await using (var pooled = new SqliteConnection(Connection(file)))
            {
                SqliteConnection.ClearPool(pooled);
            }

            foreach (var suffix in new[] { "", "-wal", "-shm" })
            {
                File.Delete(file + suffix);
            }
        }
    }

    /// <summary>So many weeks ago that the last review of the story is the last one before now.</summary>
    private static DateTimeOffset Begin(DateTimeOffset now, int weeks)
    {
        var slot = WeeklySlot.Default;
        var last = slot.FirstAfter(now.AddMinutes(-slot.Minutes)).AddDays(-7);
        return slot.StartOn(last.AddDays(-7 * (weeks - 1))).AddDays(-2);
    }

    /// <summary>The sample's channels, known to the playground and to the product.</summary>
    private async Task<IReadOnlyList<ChatPerson>> MakeRoomAsync(CancellationToken ct)
    {
        await using var store = await playground.CreateDbContextAsync(ct);
        var people = await store.People.AsNoTracking().OrderBy(p => p.AddedAt).Take(6).ToListAsync(ct);
        var all = people.ConvertAll(p => p.AsChatPerson());
        foreach (var channel in SampleStory.Portfolio.Select(s => s.Channel))
        {
            if (!await store.Channels.AnyAsync(c => c.Id == channel, ct))
            {
                store.Channels.Add(new PlaygroundChannel { Id = channel, Name = channel, AddedAt = clock.GetUtcNow() });
            }

            await handle(new MembersChanged(
                new DeliveryId($"sample-{channel}-{all.Count}"), PlaygroundPlatform.Workspace, new Conversation(channel, ConversationKind.Channel, channel), all, []), ct);
        }

        await store.SaveChangesAsync(ct);
        return all;
    }

    /// <summary>The file of the sample knows the same workspace, people and channels by the same ids.</summary>
    private async Task CopyDirectoryAsync(string file, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var from = scope.ServiceProvider.GetRequiredService<BotDb>();
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseSqliteStore(Connection(file), scratch: true);
        await using var to = new BotDb(options.Options);
        await to.Database.MigrateAsync(ct);
        to.Workspaces.AddRange(await from.Workspaces.AsNoTracking().ToListAsync(ct));
        to.People.AddRange(await from.People.AsNoTracking().ToListAsync(ct));
        to.Channels.AddRange(await from.Channels.AsNoTracking().ToListAsync(ct));
        to.ChannelMembers.AddRange(await from.ChannelMembers.AsNoTracking().ToListAsync(ct));
        await to.SaveChangesAsync(ct);
    }

    private static string Connection(string file) => new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();

    private ServiceProvider Product(string file, SampleClock then) => new ServiceCollection()
        .AddLogging()
        .AddSqliteStore(Connection(file), scratch: true)
        .AddBot()
        .AddSingleton<TimeProvider>(then)
        .AddSingleton(links)
        .AddSingleton<IChatPlatform>(new SampleChat(new PlaygroundPlatform(playground, then)))
        .AddSingleton<IAlarm, NoAlarm>()
        .BuildServiceProvider();

    private async Task<T> WithRowsAsync<T>(Func<SampleRows, Task<T>> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<SampleRows>());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the sample portfolio")]
    private partial void LogLoaded();

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the sample portfolio and its {Channels} channels")]
    private partial void LogRemoved(int channels);

    /// <summary>Shows the sample's channels in the playground; the check-ins of past weeks would only fill everybody's own chat, so they are let go.</summary>
    private sealed class SampleChat(PlaygroundPlatform page) : IChatPlatform
    {
        private const string Nowhere = "sample";

        public PlatformName Name => page.Name;

        public Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct) =>
            to is Destination.ToPerson ? Task.FromResult<PostOutcome>(new PostOutcome.Posted(new MessageRef(Nowhere, key))) : page.PostAsync(workspace, to, card, key, ct);

        public Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct) =>
            message.ConversationId == Nowhere ? Task.FromResult<PostOutcome>(new PostOutcome.Posted(message)) : page.UpdateAsync(workspace, message, card, ct);

        public Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct) =>
            page.MembersAsync(workspace, conversation, ct);

        public Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct) => page.PersonAsync(workspace, personId, ct);
    }

    private sealed class NoAlarm : IAlarm
    {
        public Task LookAtWhatIsDueAsync(CancellationToken ct) => Task.CompletedTask;

        public Task DeliverAsync(CancellationToken ct) => Task.CompletedTask;

        public Task SettleAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
