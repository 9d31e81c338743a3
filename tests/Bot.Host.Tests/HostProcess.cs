using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bot.Host.Tests;

/// <summary>The built host as a process of its own on a free port of this machine.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private bool _isDisposed;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The host ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The host beside this test, or a copy published elsewhere.</summary>
    public static string BuiltHost => typeof(AfterpilotHost).Assembly.Location;

    public Uri Address { get; private set; } = null!;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The most memory it ever held, in MiB; 0 once it has ended.</summary>
    public long MostMemory
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.PeakWorkingSet64 / (1024 * 1024);
        }
    }

    /// <summary>Everything it wrote so far, log and errors.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a host of which we know nothing yet but that it runs.</summary>
    public static HostProcess Launch(string? storeFile, Dictionary<string, string>? settings = null, string? dll = null, string? folder = null, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [dll ?? BuiltHost, .. command.Length > 0 ? command : ["--urls", "http://127.0.0.1:0"]])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        if (storeFile is not null)
        {
            start.Environment["Store__ConnectionString"] = $"Data Source={storeFile}";
        }

        foreach (var (key, value) in settings ?? [])
        {
            start.Environment[key] = value;
        }

        return new HostProcess(start);
    }

    /// <summary>Runs one of its commands to its end.</summary>
    /// <returns>The exit code, and everything it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string? storeFile, Dictionary<string, string>? settings, params string[] command)
    {
        await using var process = Launch(storeFile, settings, command: command);
        var code = await process.EndAsync();
        return (code, process.Output);
    }

    /// <summary>Starts a host and waits until it listens.</summary>
    public static async Task<HostProcess> StartAsync(string? storeFile, Dictionary<string, string>? settings = null, string? dll = null, string? folder = null)
    {
        var host = Launch(storeFile, settings, dll, folder);
        await host.ListensAsync();
        return host;
    }

    /// <summary>Until one that was launched listens.</summary>
    public async Task ListensAsync()
    {
        try
        {
            Address = await _listening.Task.WaitAsync(LongestStart);
        }
        catch (Exception failed) when (failed is InvalidOperationException or TimeoutException)
        {
            await DisposeAsync();
            throw new InvalidOperationException("The host did not start:\n" + Output, failed);
        }
    }

    /// <summary>As <see cref="StartAsync"/>, and then until it says that it is ready.</summary>
    public static async Task<HostProcess> StartReadyAsync(string? storeFile, Dictionary<string, string>? settings = null, string? dll = null, string? folder = null)
    {
        var host = await StartAsync(storeFile, settings, dll, folder);
        using var http = new HttpClient { BaseAddress = host.Address };
        await Eventually.HoldsAsync("the host is ready", async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
        return host;
    }

    /// <summary>SIGKILL: nothing of it gets to run another line.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
        {
            await signal.WaitForExitAsync();
        }

        return await EndAsync();
    }

    /// <summary>Waits until it ends by itself; returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(LongestStop);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        // One that never listened was disposed of already, by whoever waited for it.
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    /// <summary>What a developer's shell may have set must not reach the host under test.</summary>
    private static bool IsSetting(string variable) =>
        new[] { "ASPNETCORE_", "DOTNET_ENVIRONMENT", "Store__", "Slack__", "Teams__", "Playground__", "Retention__", "PublicUrl", "Proxy__", "Logging__", "Otlp__", "OTEL_" }
            .Any(start => variable.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex("Now listening on: (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
