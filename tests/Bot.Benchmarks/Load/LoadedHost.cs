using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bot.Benchmarks.Load;

/// <summary>The built host as a process of its own, on a free port of this machine. Its log goes to a file.</summary>
internal sealed partial class LoadedHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoadedHost(ProcessStartInfo start, string log)
    {
        _log = new StreamWriter(log);
        Log = log;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The host ended before it listened; see {log}."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public string Log { get; }

    public int Id => _process.Id;

    public static async Task<LoadedHost> StartReadyAsync(string log, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Bot.Host.AfterpilotHost).Assembly.Location, "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var host = new LoadedHost(start, log);
        host.Address = await host._listening.Task.WaitAsync(Patience);
        using var http = new HttpClient { BaseAddress = host.Address };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var since = Stopwatch.GetTimestamp();
        while (!(await http.GetAsync("/health/ready")).IsSuccessStatusCode)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"The host did not become ready; see {log}.");
            }

            await timer.WaitForNextTickAsync();
        }

        return host;
    }

    /// <summary>As a service manager stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            {
                await signal.WaitForExitAsync();
            }

            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        lock (_log)
        {
            _log.Dispose();
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.WriteLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex("Now listening on: (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
