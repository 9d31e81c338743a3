using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Bot.Host.Tests.Faults;

/// <summary>A disk of a few megabytes, in memory, that can be filled up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int NoSpace = 28;
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-disk-").FullName;

    public SmallDisk(int megabytes)
    {
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder))
        {
            Directory.Delete(_folder);
            throw new InvalidOperationException("A file system in memory could not be mounted.");
        }
    }

    /// <summary>Whether this machine lets us have one.</summary>
    public static bool IsPossible { get; } = Try();

    public string Store => Path.Combine(_folder, "afterpilot.db");

    private string Filling => Path.Combine(_folder, "filling");

    /// <summary>To the last byte; what SQLite had put aside for its log goes first, so that its next write needs room.</summary>
    public async Task FillAsync()
    {
        await using (var store = new SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            await store.OpenAsync();
            await using var checkpoint = store.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        await using var filling = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                await filling.WriteAsync(new byte[4096]);
            }
        }
        catch (IOException full) when ((full.HResult & 0xFFFF) == NoSpace)
        {
            // As full as it gets.
        }
    }

    public void MakeRoom() => File.Delete(Filling);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Run("umount", "-l", _folder);
        Directory.Delete(_folder);
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        try
        {
            using var disk = new SmallDisk(1);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that fills a disk.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
        {
            Skip = "Needs root and leave to mount a file system in memory.";
        }
    }
}
