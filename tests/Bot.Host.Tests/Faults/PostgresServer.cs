using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bot.Store;

namespace Bot.Host.Tests.Faults;

/// <summary>A PostgreSQL server of one test alone, on a free port of this machine: it may be stopped.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "postgres";
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-postgres-").FullName;
    private readonly int _port = FreePort();

    /// <summary>Where initdb and pg_ctl are: as Debian installs them, or on the path; null where they are not.</summary>
    public static string? Programs { get; } = Installed().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));

    public StoreAddress Address => StoreAddress.Postgres($"Host=127.0.0.1;Port={_port};Username={Owner};Database={Owner}")!;

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess)
        {
            // initdb refuses to run as root.
            await RunAsync("chown", [Owner, server._folder]);
        }

        await server.DoAsync("initdb", "-D", server.Data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync");
        await server.StartAgainAsync();
        return server;
    }

    public Task StartAgainAsync() => DoAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-s", "-w", "start", "-o", Options);

    /// <summary>As when the machine under it goes: every connection breaks, nobody is told.</summary>
    public Task CrashAsync() => DoAsync("pg_ctl", "-D", Data, "-m", "immediate", "-s", "-w", "stop");

    /// <summary>As an upgrade does it: every connection is told to end.</summary>
    public Task RestartAsync() => DoAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-m", "fast", "-s", "-w", "restart", "-o", Options);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await CrashAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private string Options => $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder}";

    private Task DoAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", Owner, "--", Path.Combine(Programs!, program), .. arguments], _folder)
        : RunAsync(Path.Combine(Programs!, program), arguments, _folder);

    private static async Task RunAsync(string program, IEnumerable<string> arguments, string? folder = null)
    {
        // The server that pg_ctl leaves behind keeps what it is given: with pipes one would wait for its end.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = folder ?? Path.GetTempPath() })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static IEnumerable<string> Installed()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderDescending().Select(version => Path.Combine(version, "bin")) : [];
        return versions.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A test with a PostgreSQL server that it may stop.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresServerFactAttribute : FactAttribute
{
    public PostgresServerFactAttribute()
    {
        if (PostgresServer.Programs is null)
        {
            Skip = "Needs PostgreSQL's initdb and pg_ctl, in /usr/lib/postgresql or on the path. CI installs them.";
        }
    }
}
