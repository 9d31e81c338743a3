namespace Bot.Host.Tests.Faults;

/// <summary>The wall clock of one process, set by a file (libfaketime); timers go on as they do in truth.</summary>
internal sealed class FakedClock : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public FakedClock() => File.WriteAllText(_file, "+0");

    /// <summary>Null where it is not installed.</summary>
    public static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib", "*-linux-*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>For the process whose clock it is.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["LD_PRELOAD"] = Library!, ["FAKETIME_TIMESTAMP_FILE"] = _file, ["FAKETIME_NO_CACHE"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    /// <param name="ahead">Of the truth.</param>
    public Task StepAsync(TimeSpan ahead) => File.WriteAllTextAsync(_file, $"+{ahead.TotalSeconds:0}");

    public void Dispose() => File.Delete(_file);
}

/// <summary>A test that sets the clock of a process.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaketimeFactAttribute : FactAttribute
{
    public FaketimeFactAttribute()
    {
        if (FakedClock.Library is null)
        {
            Skip = "Needs libfaketime (Debian's package faketime). CI installs it.";
        }
    }
}
