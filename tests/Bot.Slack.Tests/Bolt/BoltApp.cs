using System.Diagnostics;
using System.Text.Json.Nodes;
using FakeSlack;
using FakeSlack.World;

namespace Bot.Slack.Tests.Bolt;

/// <summary>An app on Slack's own framework (tests/node/bolt) as a process of its own, talking to a fake Slack.</summary>
internal sealed class BoltApp : IAsyncDisposable
{
    private readonly Process _process;
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<JsonObject> _told = [];
    private readonly List<string> _errors = [];

    private BoltApp(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => Hear("The app ended.");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What did not go as its listeners meant it.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_told)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>Started and reachable: by its address, or by a socket where the fake is in Socket Mode.</summary>
    /// <param name="installed">Null: for the app that is installed by a browser.</param>
    public static async Task<BoltApp> StartAsync(SlackServer slack, Installation? installed)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(NodeFactAttribute.Folder!, "bolt", installed is null ? "installed.mjs" : "app.mjs")])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["SLACK_API_URL"] = slack.ApiUrl.AbsoluteUri;
        start.Environment["SLACK_BOT_TOKEN"] = installed?.Token;
        start.Environment["SLACK_SIGNING_SECRET"] = slack.App.SigningSecret;
        (start.Environment["SLACK_CLIENT_ID"], start.Environment["SLACK_CLIENT_SECRET"]) = (slack.App.ClientId, slack.App.ClientSecret);
        if (slack.App.IsSocketMode)
        {
            start.Environment["SLACK_APP_TOKEN"] = slack.App.AppToken;
        }

        var app = new BoltApp(start);
        var listening = await app.SaysAsync("listening");
        slack.App.PointTo(new Uri($"http://127.0.0.1:{listening["listening"]}/slack/events"));
        return app;
    }

    /// <summary>Waits for the newest line with a property.</summary>
    public async Task<JsonObject> SaysAsync(string property, Func<JsonObject, bool>? that = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var heard = Volatile.Read(ref _heard).Task;
            lock (_told)
            {
                if (_told.FindLast(line => line.ContainsKey(property) && (that?.Invoke(line) ?? true)) is { } found)
                {
                    return found;
                }
            }

            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The app ended. {string.Join(' ', Errors)}");
            }

            try
            {
                await heard.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"The app did not say {property}. {string.Join(' ', Errors)}", late);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_told)
        {
            if (line.StartsWith('{') && JsonNode.Parse(line) is JsonObject said)
            {
                _told.Add(said);
                if (said["error"] is { } error)
                {
                    _errors.Add((string)error!);
                }
            }
            else
            {
                _errors.Add(line);
            }
        }

        Interlocked.Exchange(ref _heard, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
