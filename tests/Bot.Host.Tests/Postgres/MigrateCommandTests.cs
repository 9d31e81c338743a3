using System.Text.Json;
using Bot.Chat;
using Bot.Slack.Install.Store;
using Bot.Store;
using Bot.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Host.Tests.Postgres;

// The move from SQLite to PostgreSQL: every row of a lived store arrives as it was; stopped half-way nothing is there and it can be started again;
// refused while a host runs on the file, where the file is of an earlier release, and where the database holds anything.
[Collection(InALivedWeek.Name)]
public sealed class MigrateCommandTests(LivedWeek week) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-move-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [PostgresFact]
    public async Task Every_row_of_a_lived_store_arrives_as_it_was()
    {
        await using var target = await TestStore.EmptyOnServerAsync();
        var source = Copied();

        var code = await RunAsync(source, target);

        Assert.Equal((0, ""), (code, _error.ToString()));
        await using (var from = Open(source))
        await using (var to = target.Open())
        {
            var there = Rows(from);
            Assert.True(there.Count > 100, $"{there.Count} rows are no lived store");
            Assert.Equal(there, Rows(to));
        }

        Assert.Contains("agree", _output.ToString());
    }

    [PostgresFact]
    public async Task Installations_go_along_with_the_product()
    {
        await using var target = await TestStore.EmptyOnServerAsync();
        var source = Copied();
        var installed = new Installation
        {
            Id = "T1", Token = "sealed", BotUserId = "U1", AppId = "A1", InstallerId = "U2", Scopes = "chat:write", InstalledAt = DateTimeOffset.Parse("2026-11-20T09:00:00Z"),
        };
        await using (var slack = Slack(source))
        {
            await slack.Database.MigrateAsync();
            slack.Add(installed);
            await slack.SaveChangesAsync();
        }

        var code = await RunAsync(source, target);

        Assert.Equal((0, ""), (code, _error.ToString()));
        await using var moved = Slack(target.Address);
        Assert.Equal(JsonSerializer.Serialize(installed), JsonSerializer.Serialize(await moved.Installations.SingleAsync()));
    }

    [PostgresFact]
    public async Task Stopped_half_way_nothing_is_there_and_it_can_be_started_again()
    {
        await using var target = await TestStore.EmptyOnServerAsync();
        var source = Copied();
        using var stop = new CancellationTokenSource();

        var stopped = await MigrateCommand.RunAsync(Words(target), source, new StopsAtHalf(stop), _error, stop.Token);

        Assert.Equal((1, "Stopped; nothing was moved."), (stopped, _error.ToString().Trim()));
        await using (var db = target.Open())
        {
            Assert.Empty(Rows(db));
        }

        Assert.Equal(0, await RunAsync(source, target));
    }

    [PostgresFact]
    public async Task A_database_that_holds_anything_is_refused_and_left_as_it_was()
    {
        await using var target = await TestStore.EmptyOnServerAsync();
        await using var db = target.Open();
        await db.Database.MigrateAsync();
        db.Holidays.Add(new Loops.Holiday { WorkspaceId = Id.New<WorkspaceId>(TimeProvider.System), Date = new DateOnly(2026, 12, 25), Name = "Christmas" });
        await db.SaveChangesAsync();

        var code = await RunAsync(Copied(), target);

        Assert.Equal(1, code);
        Assert.Contains("Holidays holds 1 row", _error.ToString());
        Assert.Single(Rows(db));
    }

    [PostgresFact]
    public async Task A_database_with_tables_of_something_else_is_refused_before_any_of_ours_are_made()
    {
        await using var target = await TestStore.EmptyOnServerAsync();
        await using var db = target.Open();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE customers (id int)");

        var code = await RunAsync(Copied(), target);

        Assert.Equal(1, code);
        Assert.Contains("customers", _error.ToString());
        Assert.Empty(await db.Database.GetAppliedMigrationsAsync());
    }

    [PostgresFact]
    public async Task A_file_that_a_host_runs_on_is_refused()
    {
        await using var target = await TestStore.EmptyOnServerAsync();

        var code = await RunAsync(new StoreAddress(Database.Sqlite, $"Data Source={week.Store.Path}"), target);

        Assert.Equal(1, code);
        Assert.Contains("Stop the host", _error.ToString());
    }

    [PostgresFact]
    public async Task A_file_of_an_earlier_release_is_refused_with_what_to_do()
    {
        await using var target = await TestStore.EmptyOnServerAsync();
        var source = new StoreAddress(Database.Sqlite, $"Data Source={Path.Combine(_folder, "earlier.db")};Pooling=False");
        await using (var db = Open(source))
        {
            await db.GetService<IMigrator>().MigrateAsync("20261122000000_Initial");
        }

        var code = await RunAsync(source, target);

        Assert.Equal(1, code);
        Assert.Contains("start this release on it once", _error.ToString());
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("migrate", "--to")]
    [InlineData("migrate", "--to", "Data Source=other.db")]
    [InlineData("migrate", "--to", "Host=db.example.org")]
    [InlineData("migrate", "--from", "Host=h;Database=d")]
    public async Task Without_a_server_and_a_database_it_says_how_it_is_used(params string[] words)
    {
        var code = await MigrateCommand.RunAsync(words, Copied(), _output, _error, CancellationToken.None);

        Assert.Equal((2, MigrateCommand.Usage), (code, _error.ToString().TrimEnd()));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made()
    {
        var missing = Path.Combine(_folder, "missing.db");

        var code = await MigrateCommand.RunAsync(["migrate", "--to", "Host=h;Database=d"], new StoreAddress(Database.Sqlite, "Data Source=" + missing), _output, _error, CancellationToken.None);

        Assert.Equal(2, code);
        Assert.False(File.Exists(missing));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Words(TestStore target) => ["migrate", "--to", target.Address.ConnectionString];

    private Task<int> RunAsync(StoreAddress source, TestStore target) => MigrateCommand.RunAsync(Words(target), source, _output, _error, CancellationToken.None);

    /// <summary>The lived week, in a file on which no host runs.</summary>
    private StoreAddress Copied()
    {
        var address = new StoreAddress(Database.Sqlite, $"Data Source={Path.Combine(_folder, "moved.db")};Pooling=False");
        using var lived = new SqliteConnection($"Data Source={week.Store.Path};Pooling=False");
        using var copy = new SqliteConnection(address.ConnectionString);
        lived.Open();
        copy.Open();
        lived.BackupDatabase(copy);
        return address;
    }

    private static BotDb Open(StoreAddress store)
    {
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseStore(store);
        return new BotDb(options.Options);
    }

    private static SlackDb Slack(StoreAddress store)
    {
        var options = new DbContextOptionsBuilder<SlackDb>();
        options.UseStore(store, SlackDb.HistoryTable);
        return new SlackDb(options.Options);
    }

    /// <summary>Everything in the store, a line for each row.</summary>
    private static List<string> Rows(BotDb db)
    {
        IEnumerable<IEnumerable<object>> tables =
        [
            db.Workspaces, db.People, db.Channels, db.ChannelMembers, db.Drafts, db.Initiatives, db.Loops, db.Participants, db.SkippedDates, db.Holidays, db.Rounds, db.RoundSteps,
            db.Invitations, db.Answers, db.NamelessNotes, db.Decisions, db.ActionItems, db.Experiments, db.StageChanges, db.Obstacles, db.PlanItems, db.Workshops, db.Diagnoses,
            db.Rebases, db.Warnings, db.WarningAnswers, db.Thresholds, db.Evidence, db.EvidenceKeys, db.Portfolios, db.Inbox, db.Outbox, db.PostedCards, db.DataKeys,
        ];
        return [.. tables.SelectMany(rows => rows).Select(row => $"{row.GetType().Name} {JsonSerializer.Serialize(row)}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Presses Ctrl+C when it reads that some is copied.</summary>
    private sealed class StopsAtHalf(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.Contains(" of ", StringComparison.Ordinal) == true && value[0] != '0')
            {
                stop.Cancel();
            }
        }
    }
}
