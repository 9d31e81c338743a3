using System.Diagnostics;
using Bot.Delivery;
using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests;

// A backup while a host writes: of one moment, and a host goes on from it. Refused: a file that is there, a store that is not, PostgreSQL, a file of something else;
// nothing is left behind then. From the command line as an operator types it.
public sealed class BackupCommandTests : IDisposable
{
    private const int People = 600;
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-backup-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string To => Path.Combine(_folder, "copy.db");

    [Fact]
    public async Task Made_while_the_host_writes_it_is_of_one_moment_and_another_host_goes_on_from_it()
    {
        using var store = new StoreFile();
        using var copy = new StoreFile();
        await Crowd.SeedAsync(store, People, loops: 20);
        await using (var host = await HostProcess.StartAsync(store.Path))
        {
            await Eventually.HoldsAsync("prompts go out", async () => await PromptedAsync(store) > 10);

            var code = await RunAsync(store.Path, copy.Path);

            Assert.Equal((0, ""), (code, _error.ToString()));
            Assert.Contains("it was read through and is whole", _output.ToString());
            var copied = await PromptedAsync(copy);
            Assert.InRange(copied, 11, People - 1);
            await Eventually.HoldsAsync("the host went on writing", async () => await PromptedAsync(store) > copied);
            Assert.Equal(0, await host.StopAsync());
        }

        // Saved in one go, so in the copy together or not at all.
        var delivered = await copy.AskAsync(db => db.Outbox.Where(o => o.State == OutboxState.Delivered && o.Updates == null).Select(o => o.Key).ToListAsync());
        Assert.Equal(delivered.Order(), (await copy.AskAsync(db => db.PostedCards.Select(p => p.Key).ToListAsync())).Order());

        await using (var restored = await HostProcess.StartAsync(copy.Path))
        {
            await Eventually.HoldsAsync("everybody is asked", async () => await PromptedAsync(copy) >= People, within: TimeSpan.FromMinutes(2));
            Assert.Equal(0, await restored.StopAsync());
        }

        var asked = await copy.AskPlaygroundAsync(db => db.Messages.Where(m => m.ConversationId.StartsWith("dm-")).Select(m => m.ConversationId).ToListAsync());
        Assert.Equal(Enumerable.Range(0, People).Select(number => "dm-" + Crowd.Name(number)), asked.Order());
    }

    [Fact]
    public async Task Put_in_the_store_s_place_without_the_files_beside_it_it_is_the_store()
    {
        using var store = new StoreFile();
        await Crowd.SeedAsync(store, people: 4, loops: 1);
        Assert.Equal(0, await RunAsync(store.Path, To));
        await using (var host = await HostProcess.StartAsync(store.Path))
        {
            await Eventually.HoldsAsync("everybody is asked", async () => await PromptedAsync(store) == 4);
            await host.KillAsync();
        }

        Assert.True(File.Exists(store.Path + "-wal"));
        SqliteConnection.ClearAllPools();
        File.Move(To, store.Path, overwrite: true);
        File.Delete(store.Path + "-wal");
        File.Delete(store.Path + "-shm");

        Assert.Equal(0, await PromptedAsync(store));
        await using var restored = await HostProcess.StartReadyAsync(store.Path);
        await Eventually.HoldsAsync("everybody is asked again", async () => await PromptedAsync(store) == 4);
    }

    [Fact]
    public async Task From_the_command_line_it_says_what_it_made_and_refuses_to_write_over_it()
    {
        using var store = new StoreFile();
        await store.MigrateAsync();

        var first = await TypeAsync(store.Path, "backup", "--to", To);
        var second = await TypeAsync(store.Path, "backup", "--to", To);

        Assert.Equal(0, first.Code);
        Assert.Contains("is a backup of", first.Said);
        Assert.Equal(2, second.Code);
        Assert.Contains("is there already and was left as it is", second.Said);
        Assert.Equal([To], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(To));
        }
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_made()
    {
        var code = await RunAsync(Path.Combine(_folder, "missing.db"), To);

        Assert.Equal(2, code);
        Assert.Contains("There is no store at", _error.ToString());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_of_something_else_or_a_broken_one_is_no_backup_and_leaves_nothing_behind()
    {
        var (other, broken) = (Path.Combine(_folder, "other.db"), Path.Combine(_folder, "broken.db"));
        await using (var made = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            await made.OpenAsync();
            await using var table = made.CreateCommand();
            table.CommandText = "CREATE TABLE customers (id int)";
            await table.ExecuteNonQueryAsync();
        }

        await File.WriteAllTextAsync(broken, "no database");

        var (strange, torn) = (await RunAsync(other, To), await RunAsync(broken, To));

        Assert.Equal((1, 1), (strange, torn));
        Assert.Equal([broken, other], Directory.GetFiles(_folder).Order());
    }

    [Fact]
    public async Task On_PostgreSQL_it_names_the_tool_of_that()
    {
        var code = await BackupCommand.RunAsync(["backup", "--to", To], StoreAddress.Postgres("Host=h;Database=d")!, _output, _error, CancellationToken.None);

        Assert.Equal(2, code);
        Assert.Contains("pg_dump", _error.ToString());
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("backup", "--to")]
    [InlineData("backup", "copy.db")]
    [InlineData("backup", "--to", "copy.db", "again.db")]
    [InlineData("backup", "--into", "copy.db")]
    public async Task Without_a_file_to_write_it_says_how_it_is_used(params string[] words)
    {
        var code = await BackupCommand.RunAsync(words, new StoreAddress(Database.Sqlite, "Data Source=afterpilot.db"), _output, _error, CancellationToken.None);

        Assert.Equal(2, code);
        Assert.Contains(BackupCommand.Usage, _error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<int> RunAsync(string from, string to) =>
        BackupCommand.RunAsync(["backup", "--to", to], new StoreAddress(Database.Sqlite, $"Data Source={from}"), _output, _error, CancellationToken.None);

    private static Task<int> PromptedAsync(StoreFile store) =>
        store.AskAsync(db => db.Outbox.CountAsync(o => o.ToPerson != null && o.State == OutboxState.Delivered));

    private static async Task<(int Code, string Said)> TypeAsync(string store, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [HostProcess.BuiltHost, .. words]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Store__ConnectionString"] = $"Data Source={store}";
        using var typed = Process.Start(start)!;
        var said = await Task.WhenAll(typed.StandardOutput.ReadToEndAsync(), typed.StandardError.ReadToEndAsync());
        await typed.WaitForExitAsync();
        return (typed.ExitCode, string.Concat(said));
    }
}
