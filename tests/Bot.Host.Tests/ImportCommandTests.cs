using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Host.Tests;

/// <summary>The import at the command line: what is said, where, and the exit code.</summary>
public sealed class ImportCommandTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-test-").FullName;
    private readonly ServiceProvider _services;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public ImportCommandTests() => _services = new ServiceCollection()
        .AddLogging().AddSqliteStore($"Data Source={Path.Combine(_folder, "store.db")};Pooling=False").AddBot()
        .AddSingleton<TimeProvider>(new StoppedClock()).BuildServiceProvider();

    [Fact]
    public async Task A_file_is_imported_with_progress_and_a_summary()
    {
        await AddLoopAsync("acme", "Churn predictor");
        var file = await FileAsync("date,rating\n" + string.Concat(Enumerable.Range(0, 2500).Select(i => $"2026-11-{(i % 2 == 0 ? "03" : "10")},{(i % 5) + 1}\n")));

        var code = await RunAsync(file, "--loop", "churn PREDICTOR", "--date", "date", "--performance", "rating");
        var again = await RunAsync(file, "--loop", "churn predictor", "--date", "date", "--performance", "rating");

        Assert.Equal((0, 0), (code, again));
        Assert.Equal(
            ["0 of 2,500", "1,000 of 2,500", "2,000 of 2,500", "2,500 of 2,500", "2,500 answers in 2 weeks imported; 0 were there already.", "0 answers in 0 weeks imported; 2,500 were there already."],
            Lines(_output));
        Assert.Empty(Lines(_error));
    }

    [Fact]
    public async Task Bad_rows_are_listed_up_to_fifty_and_refuse_the_file()
    {
        await AddLoopAsync("acme", "Churn predictor");
        var file = await FileAsync("date,rating\n2026-11-03,4\n" + string.Concat(Enumerable.Repeat("2026-11-03,6\n", 60)));
        string[] args = [file, "--loop", "Churn predictor", "--date", "date", "--performance", "rating"];

        var refused = await RunAsync(args);
        var said = Lines(_error);
        var taken = await RunAsync([.. args, "--skip-bad-rows"]);

        Assert.Equal((1, 0), (refused, taken));
        Assert.Equal(52, said.Length);
        Assert.Equal("line 3: performance \"6\" is not a whole number from 1 to 5", said[0]);
        Assert.Equal(["and 10 more", "60 rows cannot be imported, so nothing was. Mend them, or leave them out with --skip-bad-rows."], said[50..]);
        Assert.Contains("1 answer in 1 week imported; 0 were there already; 60 bad rows left out.", Lines(_output));
    }

    [Fact]
    public async Task The_same_name_in_two_workspaces_asks_which_and_takes_either_id()
    {
        var (acme, globex) = (await AddLoopAsync("acme", "Churn predictor"), await AddLoopAsync("globex", "churn predictor"));
        var file = await FileAsync("date,rating\n2026-11-03,4\n");
        string[] args = [file, "--loop", "Churn predictor", "--date", "date", "--performance", "rating"];

        var which = await RunAsync(args);
        var first = await RunAsync([.. args, "--workspace", "acme"]);
        var second = await RunAsync([.. args, "--workspace", globex.WorkspaceId.ToString()]);

        Assert.Equal((2, 0, 0), (which, first, second));
        Assert.Equal(["Several workspaces have a loop called \"Churn predictor\". Say which with --workspace: acme (Acme), globex (Globex)."], Lines(_error));
        await using var scope = _services.CreateAsyncScope();
        var rounds = await scope.ServiceProvider.GetRequiredService<BotDb>().Rounds.Select(r => r.LoopId).ToListAsync();
        Assert.Equal([acme.Id, globex.Id], rounds.OrderBy(r => r.Value));
    }

    [Fact]
    public async Task An_unknown_loop_lists_those_there_are()
    {
        await AddLoopAsync("acme", "Churn predictor");
        await AddLoopAsync("acme", "Ticket triage");

        Assert.Equal(2, await RunAsync("x.csv", "--loop", "Churn", "--date", "d", "--performance", "p"));
        Assert.Equal(["There is no loop called \"Churn\". There is: Churn predictor, Ticket triage."], Lines(_error));
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_column_that_is_not_are_told()
    {
        await AddLoopAsync("acme", "Churn predictor");

        Assert.Equal(2, await RunAsync(Path.Combine(_folder, "none.csv"), "--loop", "Churn predictor", "--date", "d", "--performance", "p"));
        Assert.Equal(2, await RunAsync(await FileAsync("date,rating\n2026-11-03,4\n"), "--loop", "Churn predictor", "--date", "d", "--performance", "rating"));
        Assert.Contains("cannot be read", Lines(_error)[0]);
        Assert.Equal("There is no column \"d\". The file has: date, rating.", Lines(_error)[1]);
    }

    [Theory]
    [InlineData("Name one CSV file.")]
    [InlineData("--loop is missing.", "a.csv", "--date", "d", "--performance", "p")]
    [InlineData("--performance is missing.", "a.csv", "--loop", "x", "--date", "d")]
    [InlineData("--date needs a value after it.", "a.csv", "--loop", "x", "--date", "--performance", "p")]
    [InlineData("--dates is not an option.", "a.csv", "--dates", "d")]
    [InlineData("--loop is given twice.", "a.csv", "--loop", "x", "--loop", "y")]
    [InlineData("Name one CSV file.", "a.csv", "b.csv", "--loop", "x", "--date", "d", "--performance", "p")]
    public async Task A_command_that_cannot_be_understood_says_what_is_wrong_and_how_it_goes(string fault, params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.Equal(fault, Lines(_error)[0]);
        Assert.Contains("--skip-bad-rows", _error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> RunAsync(params string[] args) => ImportCommand.RunAsync([ImportCommand.Word, .. args], _services, _output, _error, CancellationToken.None);

    private static string[] Lines(StringWriter writer) => writer.ToString().Split(writer.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> FileAsync(string content)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    private async Task<Loop> AddLoopAsync(string workspace, string name)
    {
        var clock = _services.GetRequiredService<TimeProvider>();
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await db.Database.MigrateAsync();
        var place = await db.Workspaces.FirstOrDefaultAsync(w => w.ExternalId == workspace);
        if (place is null)
        {
            place = new Workspace
            {
                Id = Id.New<WorkspaceId>(clock), Platform = new PlatformName("test"), ExternalId = workspace, Name = char.ToUpperInvariant(workspace[0]) + workspace[1..], AddedAt = Now,
            };
            db.Add(place);
        }

        var initiative = new Initiative { Id = Id.New<InitiativeId>(clock), WorkspaceId = place.Id, Name = name, CreatedAt = Now };
        var loop = new Loop
        {
            Id = Id.New<LoopId>(clock), WorkspaceId = place.Id, InitiativeId = initiative.Id, ChannelId = Id.New<ChannelId>(clock), Slot = WeeklySlot.Default, StartedAt = Now,
        };
        db.AddRange(initiative, loop);
        await db.SaveChangesAsync();
        return loop;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
